import { sql } from "kysely";
import type { Group, Member } from "../schema/group.ts";
import { nameKey } from "../schema/text.ts";
import { chunksOf } from "./chunks.ts";
import { compiledOnce, type Placeholders } from "./compiled.ts";
import { readMembers } from "./members.ts";
import type { CacheDb, CacheTransaction } from "./open.ts";
import type { CollectionRow, GroupRow } from "./tables.ts";

/** The rows of a collection's groups, in order. */
export function groupRows(db: CacheDb, collectionId: number): Promise<GroupRow[]> {
  return db
    .selectFrom("groups")
    .selectAll()
    .where("collection_id", "=", collectionId)
    .orderBy("position")
    .orderBy("id")
    .execute();
}

/** How many groups a collection has. */
export async function countGroups(db: CacheDb, collectionId: number): Promise<number> {
  const { rows } = await groupCount(db, { collectionId });
  return rows[0]?.count ?? 0;
}

const groupCount = compiledOnce((db, { collectionId }: Placeholders<{ collectionId: number }>) =>
  db
    .selectFrom("groups")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("collection_id", "=", collectionId)
    .compile(),
);

/** The group of this name, ignoring case; undefined where there is none. */
export async function findGroupNamed(
  db: CacheDb,
  collectionId: number,
  name: string,
): Promise<GroupRow | undefined> {
  const { rows } = await groupByKey(db, { collectionId, key: nameKey(name) });
  return rows[0];
}

const groupByKey = compiledOnce(
  (db, { collectionId, key }: Placeholders<{ collectionId: number; key: string }>) =>
    db
      .selectFrom("groups")
      .selectAll()
      .where("collection_id", "=", collectionId)
      .where("name_key", "=", key)
      .compile(),
);

/** The group with this id or else of this name, ignoring case; undefined where there is none. */
export async function findGroup(
  db: CacheDb,
  collectionId: number,
  ref: string,
): Promise<GroupRow | undefined> {
  const { rows } = await groupsByIdOrKey(db, {
    collectionId,
    id: ref.toLowerCase(),
    key: nameKey(ref),
    trimmed: nameKey(ref.trim()),
  });
  return matchGroupRow(rows, ref);
}

const groupsByIdOrKey = compiledOnce(
  (
    db,
    {
      collectionId,
      id,
      key,
      trimmed,
    }: Placeholders<{ collectionId: number; id: string; key: string; trimmed: string }>,
  ) =>
    db
      .selectFrom("groups")
      .selectAll()
      // Each side by an index of its own; with the collection before the bracket all its groups are gone through.
      .where((eb) =>
        eb.or([
          eb.and([eb("id", "=", id), eb("collection_id", "=", collectionId)]),
          eb.and([eb("collection_id", "=", collectionId), eb("name_key", "in", [key, trimmed])]),
        ]),
      )
      .compile(),
);

/** The row with this id or else of this name, ignoring case; undefined where there is none. */
export function matchGroupRow(rows: readonly GroupRow[], ref: string): GroupRow | undefined {
  const id = ref.toLowerCase();
  const exact = nameKey(ref);
  const trimmed = nameKey(ref.trim());
  return (
    rows.find((row) => row.id === id) ??
    rows.find((row) => row.name_key === exact) ??
    rows.find((row) => row.name_key === trimmed)
  );
}

/** One group with its members. */
export async function readGroup(
  db: CacheDb,
  collection: CollectionRow,
  row: GroupRow,
): Promise<Group> {
  return toGroup(collection, row, await readMembers(db, collection.id, [row.id]));
}

/** Groups with their members; one statement, however many there are. */
export async function readGroups(
  db: CacheDb,
  collection: CollectionRow,
  rows: readonly GroupRow[],
): Promise<Group[]> {
  const members = await readMembers(db, collection.id);
  return rows.map((row) => toGroup(collection, row, members));
}

function toGroup(
  collection: CollectionRow,
  row: GroupRow,
  members: ReadonlyMap<string, Member[]>,
): Group {
  return {
    id: row.id,
    collection: collection.dir,
    name: row.name,
    description: row.description,
    color: row.color,
    icon: row.icon,
    position: row.position,
    members: members.get(row.id) ?? [],
  };
}

/** Numbers a collection's groups from 0 in the order given; only rows that move are written. */
export async function numberGroups(
  tx: CacheTransaction,
  inOrder: readonly GroupRow[],
): Promise<void> {
  const moved = inOrder
    .map(({ id, position }, place) => ({ id, position, place }))
    .filter(({ position, place }) => position !== place);
  for (const chunk of chunksOf(moved, 100)) {
    const cases = chunk.map(({ id, place }) => sql`when ${id} then cast(${place} as integer)`);
    await tx
      .updateTable("groups")
      .set({ position: sql<number>`case id ${sql.join(cases, sql` `)} end` })
      .where(
        "id",
        "in",
        chunk.map(({ id }) => id),
      )
      .execute();
  }
}
