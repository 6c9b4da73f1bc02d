import { artifactRows, readArtifact, readArtifacts } from "../cache/artifacts.ts";
import { chunksOf } from "../cache/chunks.ts";
import { mutate } from "../cache/commit.ts";
import { insertMany } from "../cache/insert-many.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import type { ArtifactTagsTable, CollectionRow, TagRow } from "../cache/tables.ts";
import { createTagMatcher, wordOf } from "../cache/tag-words.ts";
import { definedOnly, ensureTags, pruneTags, tagRows } from "../cache/tags.ts";
import { SkillmeatError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { Artifact, ArtifactSetTagsInput, ArtifactTagManyInput } from "../schema/artifact.ts";
import { requireArtifact, requireArtifacts } from "./require.ts";
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
    const change = await readTagChange(tx, collection, input);
    const carried = await carriedBy(tx, [id]);
    refuseNotOurs(carried.get(id) ?? [], change.removed, input.id, collection);
    const [name = ""] = await namesOf(tx, [id]);
    await log.artifacts([name]);
    log.summary(`Changed the tags of ${name}`);
    await changeTags(tx, collection, [id], carried, change);
    return readArtifact(tx, id);
  });
}

/**
 * Puts tags on several artifacts and takes tags off them, as one change. What one of them has already is not
 * put on it again, and what one does not have, or has in its frontmatter, stays as it is.
 * @returns the artifacts as they are then, by name
 * @throws SkillmeatError `not-found` where one is not there, with nothing changed
 */
export function tagArtifacts(cache: Cache, input: ArtifactTagManyInput): Promise<Artifact[]> {
  return mutate(cache, input.collection, "artifacts.tagMany", async (tx, collection, log) => {
    const ids = await requireArtifacts(tx, collection, input.ids);
    const change = await readTagChange(tx, collection, input);
    const names = await namesOf(tx, ids);
    await log.artifacts(names);
    log.summary(
      names.length === 1
        ? `Changed the tags of ${names[0]}`
        : `Changed the tags of ${names.length} artifacts`,
    );
    await changeTags(tx, collection, ids, await carriedBy(tx, ids), change);
    return readArtifacts(tx, await artifactRows(tx, ids));
  });
}

/** What a call asks for, by slug, with the words that it says it by. */
interface TagChange {
  readonly words: Words;
  readonly added: ReadonlyMap<string, string>;
  readonly removed: ReadonlyMap<string, string>;
}

async function readTagChange(
  tx: CacheTransaction,
  collection: CollectionRow,
  { add, remove }: Pick<ArtifactSetTagsInput, "add" | "remove">,
): Promise<TagChange> {
  const words = createWords(await tagRows(tx, collection.id));
  const added = new Map(add.map((word) => [words.slug(word), word]));
  const removed = new Map(remove.map((word) => [words.slug(word), word]));
  refuseBoth(added, removed);
  return { words, added, removed };
}

/** The artifacts as `type:name`. */
async function namesOf(tx: CacheTransaction, ids: readonly number[]): Promise<string[]> {
  const rows = await artifactRows(tx, ids);
  return rows.map(({ type, name }) => `${type}:${name}`);
}

/** Changes the tags of artifacts; a tag that nobody carries any more, and that is not defined, goes. */
async function changeTags(
  tx: CacheTransaction,
  collection: CollectionRow,
  ids: readonly number[],
  carried: Carried,
  { words, added, removed }: TagChange,
): Promise<void> {
  if (removed.size > 0) {
    for (const some of chunksOf(ids)) {
      await tx
        .deleteFrom("artifact_tags")
        .where("artifact_id", "in", some)
        .where("origin", "=", OURS)
        .where("slug", "in", [...removed.keys()])
        .execute();
    }
  }
  const fresh = ids.flatMap((id) => freshTags(id, carried.get(id) ?? [], added, words));
  if (fresh.length > 0) {
    await insertMany(tx, "artifact_tags", fresh);
    for (const some of chunksOf([...new Set(fresh.map((row) => row.artifact_id))])) {
      await tx.updateTable("artifacts").set({ in_manifest: 1 }).where("id", "in", some).execute();
    }
    await ensureTags(tx, collection.id, [...added.keys()]);
  }
  await pruneTags(tx, collection.id);
}

/** The rows of the tags that an artifact does not carry yet, behind those that it has. */
function freshTags(
  id: number,
  carried: readonly CarriedTag[],
  added: ReadonlyMap<string, string>,
  words: Words,
): ArtifactTagsTable[] {
  const own = carried.filter((tag) => tag.origin === OURS);
  const next = Math.max(-1, ...own.map((tag) => tag.position)) + 1;
  return [...added]
    .filter(([slug]) => !carried.some((tag) => tag.slug === slug))
    .map(([slug, word], index) => ({
      artifact_id: id,
      origin: OURS,
      position: next + index,
      slug,
      word: words.toWrite(slug, word),
    }));
}

type Words = ReturnType<typeof createWords>;

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

type CarriedTag = Pick<ArtifactTagsTable, "slug" | "origin" | "position">;

/** The tags that artifacts carry, by the artifacts' row ids. */
type Carried = ReadonlyMap<number, readonly CarriedTag[]>;

async function carriedBy(tx: CacheTransaction, ids: readonly number[]): Promise<Carried> {
  const carried = new Map<number, CarriedTag[]>(ids.map((id) => [id, []]));
  for (const some of chunksOf(ids)) {
    const rows = await tx
      .selectFrom("artifact_tags")
      .select(["artifact_id", "slug", "origin", "position"])
      .where("artifact_id", "in", some)
      .execute();
    for (const row of rows) carried.get(row.artifact_id)?.push(row);
  }
  return carried;
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
