import type { Updateable } from "kysely";
import { requireCollection } from "../cache/commit.ts";
import { compiledOnce, listed, type Placeholders } from "../cache/compiled.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { CollectionRow, CollectionsTable } from "../cache/tables.ts";
import { updateBookkeeping } from "./bookkeeping.ts";
import type { OwnedArtifact, OwnedGroup, OwnedRows, OwnedTag } from "./owned-rows.ts";
import {
  changeRows,
  changeTo,
  insertRows,
  KINDS,
  readStored,
  textsOf,
  type BaseKey,
  type Kind,
  type RowsChange,
  type StoredRow,
} from "./stored-rows.ts";

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
  await setIntentHash(tx, { id: collectionId, hash });
  await clearIntentRows(tx, { collectionId });
  const removed = gone.map((key) => ({ ...key, place: null, row: null }));
  await insertRows(tx, "intent_rows", collectionId, [...rows, ...removed]);
}

const setIntentHash = compiledOnce((db, { id, hash }: Placeholders<{ id: number; hash: string }>) =>
  db.updateTable("collections").set({ intent_hash: hash }).where("id", "=", id).compile(),
);

const clearIntentRows = compiledOnce(
  (db, { collectionId }: Placeholders<{ collectionId: number }>) =>
    db.deleteFrom("intent_rows").where("collection_id", "=", collectionId).compile(),
);

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
    await clearIntentRows(tx, { collectionId: id });
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
    const keys = JSON.stringify(texts.map(({ key }) => key));
    const { rows: places } = await placesOf(tx, { collectionId, kind, keys });
    const placeOf = new Map(places.map(({ key, place }) => [key, place]));
    let last = placeOf.size < texts.length ? await lastPlace(tx, collectionId, kind) : -1;
    for (const { key, row } of texts) {
      const place = placeOf.get(key) ?? (last += 1);
      rows.push({ kind, key, place, row });
    }
  }
  return { rows, gone };
}

const placesOf = compiledOnce(
  (
    db,
    { collectionId, kind, keys }: Placeholders<{ collectionId: number; kind: Kind; keys: string }>,
  ) =>
    db
      .selectFrom("base_rows")
      .select(["key", "place"])
      .where("collection_id", "=", collectionId)
      .where("kind", "=", kind)
      .where("key", "in", listed(keys))
      .compile(),
);

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
