import type { CacheTransaction } from "../cache/open.ts";
import type { BasesTable } from "../cache/tables.ts";
import { updateBookkeeping } from "./bookkeeping.ts";
import { NO_ROWS, type OwnedRows } from "./owned-rows.ts";

/** The base's rows; none where the manifest was never read. */
export async function readBase(tx: CacheTransaction, collectionId: number): Promise<OwnedRows> {
  const row = await tx
    .selectFrom("bases")
    .select("base_rows")
    .where("collection_id", "=", collectionId)
    .executeTakeFirst();
  if (row === undefined || row.base_rows === null) return NO_ROWS;
  const rows: OwnedRows = JSON.parse(row.base_rows);
  return rows;
}

/**
 * Makes a manifest, as it was read or written, the base. An intent that was carried out goes with the
 * base that it had become: should its text be found once more, somebody brought it back.
 * @param hash of its text; "" where cache and file differ in what we own, so that no text is ours
 */
export async function storeBase(
  tx: CacheTransaction,
  collectionId: number,
  hash: string,
  rows: OwnedRows,
): Promise<void> {
  await tx
    .updateTable("collections")
    .set({ intent_hash: null })
    .where("id", "=", collectionId)
    .where("base_hash", "!=", hash)
    .whereRef("intent_hash", "=", "base_hash")
    .execute();
  await updateBookkeeping(tx, collectionId, { base_hash: hash });
  await storeBaseRows(tx, collectionId, rows);
}

/** Makes rows those of the base, whatever text it is of; also of a manifest that was never read. */
export async function storeBaseRows(
  tx: CacheTransaction,
  collectionId: number,
  rows: OwnedRows,
): Promise<void> {
  await storeRows(tx, collectionId, { base_rows: JSON.stringify(rows) });
}

/** Notes the text that is about to be swapped in, so that it is known as ours after a crash. */
export async function storeIntent(
  tx: CacheTransaction,
  collectionId: number,
  hash: string,
  rows: OwnedRows,
): Promise<void> {
  await updateBookkeeping(tx, collectionId, { intent_hash: hash });
  await storeRows(tx, collectionId, { intent_rows: JSON.stringify(rows) });
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
  await tx
    .updateTable("bases")
    .set((eb) => ({ base_rows: eb.ref("intent_rows") }))
    .where("collection_id", "=", collectionId)
    .execute();
}

async function storeRows(
  tx: CacheTransaction,
  collectionId: number,
  rows: Partial<BasesTable>,
): Promise<void> {
  await tx
    .insertInto("bases")
    .values({ collection_id: collectionId, base_rows: null, intent_rows: null, ...rows })
    .onConflict((conflict) => conflict.column("collection_id").doUpdateSet(rows))
    .execute();
}
