import { sql, type Updateable } from "kysely";
import { requireCollection } from "../cache/commit.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { CollectionRow, CollectionsTable, OwnedRowsTable } from "../cache/tables.ts";
import { updateBookkeeping } from "./bookkeeping.ts";
import type { OwnedArtifact, OwnedGroup, OwnedRows, OwnedTag } from "./owned-rows.ts";

type Kind = OwnedRowsTable["kind"];

/** A row of the base as it is stored. */
export interface StoredRow {
  readonly kind: Kind;
  /** A group's or a tag's id; what a row of `[[artifacts]]` is told by. */
  readonly key: string;
  /** Rising in the order of the rows of its kind. */
  readonly place: number;
  /** As JSON. */
  readonly row: string;
}

/** What makes one set of rows of another: such as are to be there, and the keys of such as are not. */
export interface RowsChange {
  readonly rows: readonly StoredRow[];
  readonly gone: readonly BaseKey[];
}

export type BaseKey = Pick<StoredRow, "kind" | "key">;

/** The base's rows; none where the manifest was never read. */
export async function readBase(tx: CacheTransaction, collectionId: number): Promise<OwnedRows> {
  const rows = await readStored(tx, collectionId);
  const of = (kind: Kind) => rows.filter((row) => row.kind === kind).map(({ row }) => row);
  return {
    groups: of("group").map((row): OwnedGroup => JSON.parse(row)),
    tags: of("tag").map((row): OwnedTag => JSON.parse(row)),
    artifacts: of("artifact").map((row): OwnedArtifact => JSON.parse(row)),
  };
}

/**
 * Makes a manifest, as it was read or written, the base. An intent for another text goes with the base
 * that it was made for: should its text be found once more, somebody brought it back.
 * @param hash of its text; "" where cache and file differ in what we own, so that no text is ours
 */
export async function storeBase(
  tx: CacheTransaction,
  collectionId: number,
  hash: string,
  rows: OwnedRows,
): Promise<void> {
  await setBaseHash(tx, collectionId, hash);
  await storeBaseRows(tx, collectionId, rows);
}

/** Makes rows those of the base, whatever text it is of; also of a manifest that was never read. */
export async function storeBaseRows(
  tx: CacheTransaction,
  collectionId: number,
  rows: OwnedRows,
): Promise<void> {
  const change = changeTo(await readStored(tx, collectionId), rows);
  await changeRows(tx, "base_rows", collectionId, change);
}

/** Notes the text that is about to be swapped in, so that it is known as ours after a crash. */
export async function storeIntent(
  tx: CacheTransaction,
  collectionId: number,
  hash: string,
  rows: OwnedRows,
): Promise<void> {
  const change = changeTo(await readStored(tx, collectionId), rows);
  await storeIntentChange(tx, collectionId, hash, change);
}

/** As {@link storeIntent}, of what the text changes alone. */
export async function storeIntentChange(
  tx: CacheTransaction,
  collectionId: number,
  hash: string,
  { rows, gone }: RowsChange,
): Promise<void> {
  await updateBookkeeping(tx, collectionId, { intent_hash: hash });
  await tx.deleteFrom("intent_rows").where("collection_id", "=", collectionId).execute();
  const removed = gone.map((key) => ({ ...key, place: null, row: null }));
  await insertRows(tx, "intent_rows", collectionId, [...rows, ...removed]);
}

/**
 * The text that was about to be swapped in turned out to be in: it is the base. The intent stays, since
 * a writer of another process may still be about to record it.
 */
export async function keepIntent(
  tx: CacheTransaction,
  collectionId: number,
  hash: string,
): Promise<void> {
  await updateBookkeeping(tx, collectionId, { base_hash: hash });
  const rows = await tx
    .selectFrom("intent_rows")
    .select(["kind", "key", "place", "row"])
    .where("collection_id", "=", collectionId)
    .execute();
  const kept = rows.flatMap(({ place, row, ...key }) =>
    place === null || row === null ? [] : [{ ...key, place, row }],
  );
  const gone = rows.filter(({ row }) => row === null);
  await changeRows(tx, "base_rows", collectionId, { rows: kept, gone });
}

/** An intent was made of what changes the base that there is, and says nothing of another one. */
async function setBaseHash(tx: CacheTransaction, id: number, hash: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("collections")
    .set({ intent_hash: null })
    .where("id", "=", id)
    .where("intent_hash", "is not", null)
    .where("intent_hash", "!=", hash)
    .where("base_hash", "is not", hash)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) {
    await tx.deleteFrom("intent_rows").where("collection_id", "=", id).execute();
  }
  await updateBookkeeping(tx, id, { base_hash: hash });
}

/**
 * What makes rows those of the base, which stays as it is in all others: in their places, or behind all that
 * are there.
 */
export async function changeOfRows(
  tx: CacheTransaction,
  collectionId: number,
  wanted: OwnedRows,
  gone: readonly BaseKey[],
): Promise<RowsChange> {
  const rows: StoredRow[] = [];
  for (const kind of KINDS) {
    const texts = textsOf(kind, wanted);
    if (texts.length === 0) continue;
    const places = await tx
      .selectFrom("base_rows")
      .select(["key", "place"])
      .where("collection_id", "=", collectionId)
      .where("kind", "=", kind)
      .where(
        "key",
        "in",
        texts.map(({ key }) => key),
      )
      .execute();
    const placeOf = new Map(places.map(({ key, place }) => [key, place]));
    let last = placeOf.size < texts.length ? await lastPlace(tx, collectionId, kind) : -1;
    for (const { key, row } of texts) {
      const place = placeOf.get(key) ?? (last += 1);
      rows.push({ kind, key, place, row });
    }
  }
  return { rows, gone };
}

async function lastPlace(tx: CacheTransaction, collectionId: number, kind: Kind): Promise<number> {
  const row = await tx
    .selectFrom("base_rows")
    .select("place")
    .where("collection_id", "=", collectionId)
    .where("kind", "=", kind)
    .orderBy("place", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.place ?? -1;
}

const KINDS = ["group", "tag", "artifact"] as const;

/** Rows of a kind as they are stored. */
function textsOf(kind: Kind, { groups, tags, artifacts }: OwnedRows): Omit<StoredRow, "place">[] {
  const of = <Row>(rows: readonly Row[], keyOf: (row: Row) => string) =>
    rows.map((row) => ({ kind, key: keyOf(row), row: JSON.stringify(row) }));
  switch (kind) {
    case "group":
      return of(groups, ({ id }) => id);
    case "tag":
      return of(tags, ({ id }) => String(id));
    case "artifact":
      return of(artifacts, ({ row }) => row);
  }
}

/**
 * Makes the text that was written the base, by what it changes; where another text was read meanwhile, that
 * one's base stands.
 * @param row the collection's as it was when the text was made
 * @param bookkeeping what is noted of the collection with it
 * @throws SkillmeatError `not-found` where there is no such collection any more
 */
export async function storeBaseChange(
  tx: CacheTransaction,
  { id, dir, base_hash: before }: Pick<CollectionRow, "id" | "dir" | "base_hash">,
  hash: string,
  change: RowsChange,
  bookkeeping: Updateable<CollectionsTable>,
): Promise<void> {
  // As nearly always: the intent is still this one's, and so is the base.
  const { numUpdatedRows } = await tx
    .updateTable("collections")
    .set({ ...bookkeeping, base_hash: hash })
    .where("id", "=", id)
    .where("base_hash", "is", before)
    .where("intent_hash", "=", hash)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) {
    await updateBookkeeping(tx, id, bookkeeping);
    const { base_hash } = await requireCollection(tx, dir);
    if (base_hash !== before && base_hash !== hash) return;
    await setBaseHash(tx, id, hash);
  }
  await changeRows(tx, "base_rows", id, change);
}

async function readStored(tx: CacheTransaction, collectionId: number): Promise<StoredRow[]> {
  return tx
    .selectFrom("base_rows")
    .select(["kind", "key", "place", "row"])
    .where("collection_id", "=", collectionId)
    .orderBy("kind")
    .orderBy("place")
    .execute();
}

/** What makes `wanted` of the rows that are stored. Places stay as far as they are in order. */
function changeTo(stored: readonly StoredRow[], wanted: OwnedRows): RowsChange {
  const before = new Map(stored.map((row) => [textKey(row), row]));
  const rows: StoredRow[] = [];
  for (const kind of KINDS) {
    let last = -1;
    for (const { key, row } of textsOf(kind, wanted)) {
      const text = textKey({ kind, key });
      const old = before.get(text);
      before.delete(text);
      const place = old !== undefined && old.place > last ? old.place : last + 1;
      if (old?.place !== place || old.row !== row) rows.push({ kind, key, place, row });
      last = place;
    }
  }
  return { rows, gone: [...before.values()] };
}

function textKey({ kind, key }: BaseKey): string {
  return `${kind} ${key}`;
}

async function changeRows(
  tx: CacheTransaction,
  table: "base_rows" | "intent_rows",
  collectionId: number,
  { rows, gone }: RowsChange,
): Promise<void> {
  const keys = JSON.stringify(gone.map(({ kind, key }) => [kind, key]));
  if (gone.length > 0) {
    await sql`
      delete from ${sql.table(table)} where collection_id = ${collectionId} and (kind, key) in
        (select value ->> 0, value ->> 1 from json_each(${keys}))`.execute(tx);
  }
  await insertRows(tx, table, collectionId, rows);
}

/** All rows go as one text: of thousands each would cost more than the whole. */
async function insertRows(
  tx: CacheTransaction,
  table: "base_rows" | "intent_rows",
  collectionId: number,
  rows: readonly { kind: Kind; key: string; place: number | null; row: string | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  const texts = JSON.stringify(rows.map(({ kind, key, place, row }) => [kind, key, place, row]));
  await sql`
    insert or replace into ${sql.table(table)} (collection_id, kind, key, place, row)
    select ${collectionId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3
    from json_each(${texts})`.execute(tx);
}
