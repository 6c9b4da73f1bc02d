import { chunksOf } from "../../cache/chunks.ts";
import type { CacheTransaction } from "../../cache/open.ts";
import { createTagMatcher, wordOf } from "../../cache/tag-words.ts";
import type { ArtifactTagsTable } from "../../cache/tables.ts";
import { definedOnly, tagRows } from "../../cache/tags.ts";
import { nameKey } from "../../schema/text.ts";
import type { CacheArtifact } from "../cache-rows.ts";
import type { MergeArtifact, MergeTagUse } from "./mergeable-rows.ts";
import { artifactId, splitArtifactId } from "./to-mergeable.ts";

const OURS = "manifest";

/**
 * Makes the artifacts that are given, and no others, such as have a row in the manifest, with the
 * tags that are given. One that is not known gets a row without files; one that is to have none any
 * more goes, unless its files are there.
 * @param before the collection's artifacts as they are
 */
export async function applyArtifacts(
  tx: CacheTransaction,
  collectionId: number,
  before: readonly CacheArtifact[],
  artifacts: readonly MergeArtifact[],
): Promise<void> {
  const known = new Map(before.map((row) => [artifactId(row), row]));
  const wanted = new Set(artifacts.map(({ artifact }) => artifact));
  const removed = before.filter((row) => row.inManifest && !wanted.has(artifactId(row)));
  for (const { id } of removed) await removeRow(tx, id);
  const uses = await createUses(tx, collectionId);
  for (const artifact of artifacts) {
    const row = known.get(artifact.artifact);
    const id = row?.id ?? (await addRow(tx, collectionId, artifact));
    if (row?.inManifest === false) {
      await tx.updateTable("artifacts").set({ in_manifest: 1 }).where("id", "=", id).execute();
    }
    await writeTags(tx, id, row?.tags ?? [], uses(artifact.tags));
  }
}

async function removeRow(tx: CacheTransaction, id: number): Promise<void> {
  await tx.deleteFrom("artifacts").where("id", "=", id).where("missing", "=", 1).execute();
  await tx.updateTable("artifacts").set({ in_manifest: 0 }).where("id", "=", id).execute();
  await writeTags(tx, id, null, []);
}

async function addRow(
  tx: CacheTransaction,
  collectionId: number,
  { artifact, path }: MergeArtifact,
): Promise<number> {
  const { type, name } = splitArtifactId(artifact);
  const row = await tx
    .insertInto("artifacts")
    .values({
      collection_id: collectionId,
      type,
      name,
      name_key: nameKey(name),
      title: name,
      description: "",
      path,
      missing: 1,
      in_manifest: 1,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Says under which slugs, and by which words, tags stand with the definitions that there are now. */
async function createUses(tx: CacheTransaction, collectionId: number) {
  const definitions = definedOnly(await tagRows(tx, collectionId));
  const match = createTagMatcher(definitions);
  const bySlug = new Map(definitions.map((row) => [row.slug, row]));
  return (tags: readonly MergeTagUse[]): MergeTagUse[] => {
    const uses = tags.map(({ slug, word }) => {
      const definition = bySlug.get(slug);
      if (definition === undefined) return { slug: match(word), word };
      return { slug, word: match(word) === slug ? word : wordOf(definition, match) };
    });
    return [...new Map(uses.toReversed().map((use) => [use.slug, use])).values()].toReversed();
  };
}

/** @param before the tags that the artifact has; null where that is not known */
async function writeTags(
  tx: CacheTransaction,
  id: number,
  before: readonly MergeTagUse[] | null,
  after: readonly MergeTagUse[],
): Promise<void> {
  const isSame =
    before?.length === after.length &&
    after.every(({ slug, word }, at) => before[at]?.slug === slug && before[at].word === word);
  if (isSame) return;
  await tx
    .deleteFrom("artifact_tags")
    .where("artifact_id", "=", id)
    .where("origin", "=", OURS)
    .execute();
  const rows = after.map(({ slug, word }, position): ArtifactTagsTable => {
    return { artifact_id: id, origin: OURS, position, slug, word };
  });
  for (const chunk of chunksOf(rows)) await tx.insertInto("artifact_tags").values(chunk).execute();
}
