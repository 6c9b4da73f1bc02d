import type { Insertable } from "kysely";
import type { Tag } from "../schema/tag.ts";
import { nameKey } from "../schema/text.ts";
import { compiledOnce, type Placeholders } from "./compiled.ts";
import { insertMany } from "./insert-many.ts";
import type { CacheDb, CacheTransaction } from "./open.ts";
import type { TagRow, TagsTable } from "./tables.ts";

/** The rows of a collection's tags: the definitions in order, then the others by name. */
export function tagRows(db: CacheDb, collectionId: number): Promise<TagRow[]> {
  return db
    .selectFrom("tags")
    .selectAll()
    .where("collection_id", "=", collectionId)
    .orderBy("defined", "desc")
    .orderBy("position")
    .orderBy("name_key")
    .orderBy("slug")
    .execute();
}

/** The tag of this slug, or else of this name, ignoring case; of two the defined one. */
export function matchTagRow(rows: readonly TagRow[], ref: string): TagRow | undefined {
  const slug = ref.trim();
  const key = nameKey(slug);
  return (
    rows.find((row) => row.slug === slug) ??
    rows.find((row) => row.name_key === key) ??
    rows.find((row) => row.slug === key)
  );
}

/** The tag of this slug; undefined where there is none, and where `matchTagRow` may yet know it by its name. */
export async function findTagOfSlug(
  db: CacheDb,
  collectionId: number,
  ref: string,
): Promise<TagRow | undefined> {
  const { rows } = await tagOfSlug(db, { collectionId, slug: ref.trim() });
  return rows[0];
}

const tagOfSlug = compiledOnce(
  (db, { collectionId, slug }: Placeholders<{ collectionId: number; slug: string }>) =>
    db
      .selectFrom("tags")
      .selectAll()
      .where("collection_id", "=", collectionId)
      .where("slug", "=", slug)
      .compile(),
);

/** The definitions among a collection's tags, in order. */
export function definedOnly(rows: readonly TagRow[]): TagRow[] {
  return rows.filter((row) => row.defined === 1);
}

/** Tags as they are shown, with the artifacts counted that carry each; one statement. */
export async function readTags(
  db: CacheDb,
  collectionId: number,
  rows: readonly TagRow[],
): Promise<Tag[]> {
  const counts = await countCarriers(db, collectionId).execute();
  const bySlug = new Map(counts.map((row) => [row.slug, row.count]));
  return rows.map((row) => toTag(row, bySlug.get(row.slug)));
}

/** One tag as it is shown. */
export async function readTag(db: CacheDb, collectionId: number, row: TagRow): Promise<Tag> {
  const counted = await countCarriers(db, collectionId)
    .where("artifact_tags.slug", "=", row.slug)
    .executeTakeFirst();
  return toTag(row, counted?.count);
}

function countCarriers(db: CacheDb, collectionId: number) {
  return db
    .selectFrom("artifact_tags")
    .innerJoin("artifacts", "artifacts.id", "artifact_tags.artifact_id")
    .select((eb) => [
      "artifact_tags.slug",
      eb.fn.count<number>("artifact_tags.artifact_id").distinct().as("count"),
    ])
    .where("artifacts.collection_id", "=", collectionId)
    .groupBy("artifact_tags.slug");
}

function toTag(row: TagRow, artifactCount = 0): Tag {
  return {
    slug: row.slug,
    name: row.name,
    color: row.color,
    description: row.description,
    defined: row.defined === 1,
    artifactCount,
  };
}

/** An artifact that carries a tag, and how. */
export interface Carrier {
  readonly artifact_id: number;
  readonly type: string;
  readonly name: string;
  readonly origin: "frontmatter" | "manifest";
  readonly position: number;
  readonly slug: string;
  readonly word: string;
}

/** Which artifacts of a collection carry any of these tags, by artifact and order of the words. */
export function tagCarriers(
  db: CacheDb,
  collectionId: number,
  slugs: readonly string[],
): Promise<Carrier[]> {
  return db
    .selectFrom("artifact_tags")
    .innerJoin("artifacts", "artifacts.id", "artifact_tags.artifact_id")
    .select(["artifact_id", "type", "name", "origin", "position", "slug", "word"])
    .where("artifacts.collection_id", "=", collectionId)
    .where("slug", "in", slugs)
    .orderBy("name_key")
    .orderBy("type")
    .orderBy("origin")
    .orderBy("position")
    .execute();
}

/**
 * Makes a tag, not defined, of each slug that an artifact carries and no tag has; such a tag bears
 * the first in order of the words that stand for it, whichever of them was seen first.
 * @param among only these slugs are looked at; all where none are given
 */
export async function ensureTags(
  tx: CacheTransaction,
  collectionId: number,
  among?: readonly string[],
): Promise<void> {
  const carried = await tx
    .selectFrom("artifact_tags")
    .innerJoin("artifacts", "artifacts.id", "artifact_tags.artifact_id")
    .select((eb) => ["slug", eb.fn.min("word").as("word")])
    .where("artifacts.collection_id", "=", collectionId)
    .$if(among !== undefined, (query) => query.where("slug", "in", among ?? []))
    .groupBy("slug")
    .execute();
  const known = new Map((await tagRows(tx, collectionId)).map((row) => [row.slug, row]));
  const added: Insertable<TagsTable>[] = [];
  for (const { slug, word } of carried) {
    const row = known.get(slug);
    const name = word.trim();
    const naming = { name, name_key: nameKey(name) };
    if (row === undefined) {
      added.push({
        ...naming,
        collection_id: collectionId,
        slug,
        color: "",
        description: "",
        defined: 0,
        position: 0,
      });
    } else if (row.defined === 0 && row.name !== name) {
      await tx.updateTable("tags").set(naming).where("id", "=", row.id).execute();
    }
  }
  await insertMany(tx, "tags", added);
}

/** Removes the tags that are not defined and that no artifact carries any more. */
export async function pruneTags(tx: CacheTransaction, collectionId: number): Promise<void> {
  await tx
    .deleteFrom("tags")
    .where("collection_id", "=", collectionId)
    .where("defined", "=", 0)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("artifact_tags")
            .innerJoin("artifacts", "artifacts.id", "artifact_tags.artifact_id")
            .select("artifact_tags.artifact_id")
            .whereRef("artifact_tags.slug", "=", "tags.slug")
            .whereRef("artifacts.collection_id", "=", "tags.collection_id"),
        ),
      ),
    )
    .execute();
}
