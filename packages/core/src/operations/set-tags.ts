import { artifactRows, readArtifact } from "../cache/artifacts.ts";
import { mutate } from "../cache/commit.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import type { CollectionRow, TagRow } from "../cache/tables.ts";
import { createTagMatcher, wordOf } from "../cache/tag-words.ts";
import { definedOnly, ensureTags, pruneTags, tagRows } from "../cache/tags.ts";
import { SkillmeatError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { Artifact, ArtifactSetTagsInput } from "../schema/artifact.ts";
import { requireArtifact } from "./require.ts";
import { commandHint, notFound, quoted, shellWord } from "./suggest.ts";

const OURS = "manifest";

/**
 * Takes tags off an artifact and puts tags on it, each by slug or name. What frontmatter carries is
 * never edited: a tag that it has already is not put on again, and cannot be taken off.
 * @throws SkillmeatError `not-found` where the artifact is not there, or does not carry a tag that
 * is to go; `invalid-input` where that tag stands in its frontmatter
 */
export function setArtifactTags(cache: Cache, input: ArtifactSetTagsInput): Promise<Artifact> {
  return mutate(cache, input.collection, "artifacts.setTags", async (tx, collection, log) => {
    const id = await requireArtifact(tx, collection, input.id);
    const words = createWords(await tagRows(tx, collection.id));
    const added = new Map(input.add.map((word) => [words.slug(word), word]));
    const removed = new Map(input.remove.map((word) => [words.slug(word), word]));
    refuseBoth(added, removed);
    const carried = await carriedBy(tx, id);
    refuseNotOurs(carried, removed, input.id, collection);
    const [row] = await artifactRows(tx, [id]);
    const name = `${row?.type}:${row?.name}`;
    await log.artifacts([name]);
    log.summary(`Changed the tags of ${name}`);
    if (removed.size > 0) {
      await tx
        .deleteFrom("artifact_tags")
        .where("artifact_id", "=", id)
        .where("origin", "=", OURS)
        .where("slug", "in", [...removed.keys()])
        .execute();
    }
    const fresh = [...added].filter(([slug]) => !carried.some((tag) => tag.slug === slug));
    if (fresh.length > 0) {
      const own = carried.filter((tag) => tag.origin === OURS);
      const next = Math.max(-1, ...own.map((tag) => tag.position)) + 1;
      await tx
        .insertInto("artifact_tags")
        .values(
          fresh.map(([slug, word], index) => ({
            artifact_id: id,
            origin: OURS,
            position: next + index,
            slug,
            word: words.toWrite(slug, word),
          })),
        )
        .execute();
      await tx.updateTable("artifacts").set({ in_manifest: 1 }).where("id", "=", id).execute();
      await ensureTags(
        tx,
        collection.id,
        fresh.map(([slug]) => slug),
      );
    }
    await pruneTags(tx, collection.id);
    return readArtifact(tx, id);
  });
}

/** Says which tag a word of a call means, and the word that stands for it in the manifest. */
function createWords(rows: readonly TagRow[]) {
  const match = createTagMatcher(definedOnly(rows));
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  return {
    /** A slug is understood first, also of a tag that is only carried; then a name. */
    slug: (word: string) => (bySlug.has(word) ? word : match(word)),
    toWrite(slug: string, word: string) {
      const row = bySlug.get(slug);
      if (row?.defined === 1) return wordOf(row, match);
      return row === undefined || match(word) === slug ? word : row.name;
    },
  };
}

type CarriedTag = { slug: string; origin: "frontmatter" | "manifest"; position: number };

function carriedBy(tx: CacheTransaction, id: number): Promise<CarriedTag[]> {
  return tx
    .selectFrom("artifact_tags")
    .select(["slug", "origin", "position"])
    .where("artifact_id", "=", id)
    .execute();
}

function refuseBoth(
  added: ReadonlyMap<string, string>,
  removed: ReadonlyMap<string, string>,
): void {
  const both = [...added].find(([slug]) => removed.has(slug));
  if (both === undefined) return;
  throw new SkillmeatError(
    "invalid-input",
    `The tag ${quoted(both[1])} cannot be put on and taken off at once`,
    "Name it in one of the two lists",
  );
}

function refuseNotOurs(
  carried: readonly CarriedTag[],
  removed: ReadonlyMap<string, string>,
  ref: string,
  collection: CollectionRow,
): void {
  for (const [slug, word] of removed) {
    const same = carried.filter((tag) => tag.slug === slug);
    if (same.some((tag) => tag.origin === "frontmatter")) {
      throw new SkillmeatError(
        "invalid-input",
        `The tag ${quoted(word)} stands in the frontmatter of ${quoted(ref)}, which is never edited here`,
        `Take it out of the file itself, then: ${commandHint(collection.dir, "refresh")}`,
      );
    }
    if (same.length === 0) {
      const slugs = carried.map((tag) => tag.slug);
      throw notFound(
        `tag ${quoted(word)} on the artifact ${quoted(ref)}`,
        collection.dir,
        nearest(word, slugs),
        `artifact show ${shellWord(ref)}`,
      );
    }
  }
}
