import type { ChangeLog } from "../cache/change-log.ts";
import { mutate, requireCollection } from "../cache/commit.ts";
import type { Cache, CacheDb, CacheTransaction } from "../cache/open.ts";
import { settleTags } from "../cache/rematch-tags.ts";
import { readSnapshot } from "../cache/snapshot.ts";
import { slugsAround, type TagIdentity } from "../cache/tag-words.ts";
import type { CollectionRow, TagRow } from "../cache/tables.ts";
import { definedOnly, readTag, readTags, tagCarriers, tagRows } from "../cache/tags.ts";
import {
  slugOf,
  type Tag,
  type TagCreateInput,
  type TagDefinition,
  type TagDeleteInput,
  type TagGetInput,
  type TagListInput,
  type TagUpdateInput,
} from "../schema/tag.ts";
import { nameKey } from "../schema/text.ts";
import { requireTag } from "./require.ts";
import { quoted } from "./suggest.ts";
import {
  refuseAttracted,
  refuseCarriedSlug,
  refuseDetached,
  refuseOnlyInFiles,
  refuseTakenName,
  refuseTakenSlug,
} from "./tag-refusals.ts";

/** All tags of a collection: the defined ones in order, then by name those that are only carried. */
export function listTags(
  cache: Cache,
  input: TagListInput,
): Promise<{ items: Tag[]; nextCursor: string | null }> {
  return readSnapshot(cache, async (db) => {
    const collection = await requireCollection(db, input.collection);
    const rows = await tagRows(db, collection.id);
    return { items: await readTags(db, collection.id, rows), nextCursor: null };
  });
}

/**
 * One tag, by its slug or its name.
 * @throws SkillmeatError `not-found`
 */
export function getTag(cache: Cache, input: TagGetInput): Promise<Tag> {
  return readSnapshot(cache, async (db) => {
    const collection = await requireCollection(db, input.collection);
    const row = requireTag(await tagRows(db, collection.id), input.slug, collection);
    return readTag(db, collection.id, row);
  });
}

/**
 * Defines a tag; one that artifacts carry already keeps them.
 * @throws SkillmeatError `conflict` where its name or slug is taken by a defined tag
 */
export function createTag(cache: Cache, input: TagCreateInput): Promise<Tag> {
  return mutate(cache, input.collection, "tags.create", async (tx, collection, log) => {
    const rows = await tagRows(tx, collection.id);
    const defined = definedOnly(rows);
    const { name, color, description } = input;
    const tag = { slug: input.slug ?? slugOf(name), name, color, description };
    refuseTakenName(defined, name, collection);
    refuseTakenSlug(defined, tag.slug, collection);
    await logTags(tx, collection.id, log, [tag]);
    log.summary(`Created the tag ${quoted(name)}`);
    await writeDefinition(tx, collection.id, rows, tag, tag.slug);
    const definedSlugs = new Set(defined.map((row) => row.slug));
    await settleTags(tx, collection.id, [tag], (moves) => {
      const taken = moves.filter((move) => definedSlugs.has(move.carrier.slug));
      refuseAttracted(taken, tag.slug, name);
    });
    return readSlug(tx, collection, tag.slug);
  });
}

/**
 * Changes the fields that are given, and defines the tag where it was only carried. Renaming
 * changes the name alone; a new slug takes our own assignments along.
 * @throws SkillmeatError `not-found`; `conflict` where the new name or slug is taken, or where
 * words in frontmatter, which is never edited, hold on to the old one
 */
export function updateTag(cache: Cache, input: TagUpdateInput): Promise<Tag> {
  return mutate(cache, input.collection, "tags.update", async (tx, collection, log) => {
    const rows = await tagRows(tx, collection.id);
    const row = requireTag(rows, input.slug, collection);
    const others = rows.filter((other) => other.id !== row.id);
    const tag = {
      slug: input.newSlug ?? row.slug,
      name: input.name ?? row.name,
      color: input.color ?? row.color,
      description: input.description ?? row.description,
    };
    if (input.name !== undefined) refuseTakenName(definedOnly(others), tag.name, collection);
    if (tag.slug !== row.slug) {
      refuseTakenSlug(others, tag.slug, collection);
      refuseCarriedSlug(await tagCarriers(tx, collection.id, [row.slug]), row);
    }
    const meansTheSame = row.defined === 1 && tag.name === row.name && tag.slug === row.slug;
    await logTags(tx, collection.id, log, meansTheSame ? [] : [row, tag]);
    log.summary(
      tag.name === row.name
        ? `Changed the tag ${quoted(row.name)}`
        : `Renamed the tag ${quoted(row.name)} to ${quoted(tag.name)}`,
    );
    await writeDefinition(tx, collection.id, rows, tag, row.slug);
    if (tag.slug !== row.slug) await moveAssignments(tx, collection.id, row.slug, tag.slug);
    await settleTags(tx, collection.id, [row, tag], (moves) => {
      refuseDetached(moves, tag.slug, row);
      refuseAttracted(moves, tag.slug, tag.name);
    });
    return readSlug(tx, collection, tag.slug);
  });
}

/**
 * Removes a tag's definition and our assignments of it. Where frontmatter still carries it, it
 * stays as a tag that is not defined.
 * @returns the tag as it was, and how many artifacts still carry it
 * @throws SkillmeatError `not-found`; `invalid-input` where only frontmatter has it
 */
export function deleteTag(
  cache: Cache,
  input: TagDeleteInput,
): Promise<{ tag: Tag; stillCarriedBy: number }> {
  return mutate(cache, input.collection, "tags.delete", async (tx, collection, log) => {
    const row = requireTag(await tagRows(tx, collection.id), input.slug, collection);
    const tag = await readTag(tx, collection.id, row);
    const carriers = await tagCarriers(tx, collection.id, [row.slug]);
    refuseOnlyInFiles(carriers, row, collection);
    await logTags(tx, collection.id, log, [row]);
    log.summary(`Deleted the tag ${quoted(row.name)}`);
    await tx
      .deleteFrom("artifact_tags")
      .where("slug", "=", row.slug)
      .where("origin", "=", "manifest")
      .where("artifact_id", "in", (eb) =>
        eb.selectFrom("artifacts").select("id").where("collection_id", "=", collection.id),
      )
      .execute();
    await tx.deleteFrom("tags").where("id", "=", row.id).execute();
    await settleTags(tx, collection.id, [row], () => {});
    const still = carriers.filter((carrier) => carrier.origin === "frontmatter");
    const stillCarriedBy = new Set(still.map((carrier) => carrier.artifact_id)).size;
    return { tag, stillCarriedBy };
  });
}

/** Tells the log of the definitions, and of the artifacts whose words in the manifest may change with some. */
async function logTags(
  tx: CacheTransaction,
  collectionId: number,
  log: ChangeLog,
  changed: readonly TagIdentity[],
): Promise<void> {
  await log.tags();
  const slugs = [...new Set(changed.flatMap((tag) => [tag.slug, ...slugsAround(tag)]))];
  const carriers = slugs.length === 0 ? [] : await tagCarriers(tx, collectionId, slugs);
  const ours = carriers.filter(({ origin }) => origin === "manifest");
  await log.artifacts(ours.map(({ type, name }) => `${type}:${name}`));
}

async function readSlug(db: CacheDb, collection: CollectionRow, slug: string): Promise<Tag> {
  const row = requireTag(await tagRows(db, collection.id), slug, collection);
  return readTag(db, collection.id, row);
}

/** Writes a definition over the tag of the slug `before`, or as a new one; a new one goes last. */
async function writeDefinition(
  tx: CacheTransaction,
  collectionId: number,
  rows: readonly TagRow[],
  tag: TagDefinition,
  before: string,
): Promise<void> {
  const row = rows.find((other) => other.slug === before);
  const last = Math.max(-1, ...definedOnly(rows).map((other) => other.position));
  const position = row?.defined === 1 ? row.position : last + 1;
  const values = { ...tag, name_key: nameKey(tag.name), defined: 1, position };
  if (row === undefined) {
    await tx
      .insertInto("tags")
      .values({ ...values, collection_id: collectionId })
      .execute();
  } else {
    await tx.updateTable("tags").set(values).where("id", "=", row.id).execute();
  }
}

async function moveAssignments(
  tx: CacheTransaction,
  collectionId: number,
  from: string,
  to: string,
): Promise<void> {
  await tx
    .updateTable("artifact_tags")
    .set({ slug: to, word: to })
    .where("slug", "=", from)
    .where("artifact_id", "in", (eb) =>
      eb.selectFrom("artifacts").select("id").where("collection_id", "=", collectionId),
    )
    .execute();
}
