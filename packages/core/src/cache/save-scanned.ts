import type { ScannedArtifact } from "../artifacts/scan.ts";
import { nameKey } from "../schema/text.ts";
import { artifactRowsNamed } from "./artifacts.ts";
import { chunksOf } from "./chunks.ts";
import type { CacheTransaction } from "./open.ts";
import type { ArtifactTagsTable } from "./tables.ts";
import { createTagMatcher } from "./tag-words.ts";
import { definedOnly, ensureTags, pruneTags, tagRows } from "./tags.ts";

/**
 * Writes artifacts that were just added to a collection, each over the row that may be there of it,
 * with the tags of its frontmatter. They are to stand in the manifest.
 * @returns the rows' ids, in the order given
 */
export async function saveScanned(
  tx: CacheTransaction,
  collectionId: number,
  scanned: readonly ScannedArtifact[],
): Promise<number[]> {
  const match = createTagMatcher(definedOnly(await tagRows(tx, collectionId)));
  const names = scanned.map((artifact) => artifact.name);
  const rows = await artifactRowsNamed(tx, collectionId, names);
  const known = new Map(rows.map((row) => [keyOf(row), row.id]));
  const ids: number[] = [];
  for (const artifact of scanned) {
    const id = await saveRow(tx, collectionId, artifact, known.get(keyOf(artifact)));
    await saveFrontmatterTags(tx, id, artifact.frontmatterTags, match);
    ids.push(id);
  }
  await ensureTags(tx, collectionId);
  await pruneTags(tx, collectionId);
  return ids;
}

function keyOf(artifact: { type: string; name: string }): string {
  return nameKey(`${artifact.type}:${artifact.name}`);
}

async function saveRow(
  tx: CacheTransaction,
  collectionId: number,
  artifact: ScannedArtifact,
  id: number | undefined,
): Promise<number> {
  const { type, name, title, description, path } = artifact;
  const values = { type, name, name_key: nameKey(name), title, description, path };
  const added = { ...values, collection_id: collectionId, missing: 0, in_manifest: 1 };
  if (id !== undefined) {
    await tx.updateTable("artifacts").set(added).where("id", "=", id).execute();
    return id;
  }
  const row = await tx
    .insertInto("artifacts")
    .values(added)
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

async function saveFrontmatterTags(
  tx: CacheTransaction,
  id: number,
  words: readonly string[],
  match: (word: string) => string,
): Promise<void> {
  await tx
    .deleteFrom("artifact_tags")
    .where("artifact_id", "=", id)
    .where("origin", "=", "frontmatter")
    .execute();
  const distinct = new Set(words.filter((word) => word.trim() !== ""));
  const rows = [...distinct].map((word, position): ArtifactTagsTable => {
    return { artifact_id: id, origin: "frontmatter", position, slug: match(word), word };
  });
  for (const chunk of chunksOf(rows)) await tx.insertInto("artifact_tags").values(chunk).execute();
}
