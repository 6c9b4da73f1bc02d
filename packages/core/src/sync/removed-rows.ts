import { compiledOnce, type Placeholders } from "../cache/compiled.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { RemovedRowsTable } from "../cache/tables.ts";
import { keepNewest } from "./keep-newest.ts";

/** Of a collection the newest are kept: as many as there are changes that can be undone. */
const KEPT = 200;

/** What tells a row of the manifest's from all others: a group's or a tag's id, an artifact's `type:name`. */
export interface RowKey {
  readonly kind: RemovedRowsTable["kind"];
  readonly key: string;
}

/** A row that a write takes out of a manifest, as it stands there. */
export interface RemovedRow extends RowKey {
  readonly text: string;
}

/** The rows that are to come back as they stood, by {@link rowKeyText}. */
export type ReturningTexts = ReadonlyMap<string, string>;

/** A key as a text. */
export function rowKeyText({ kind, key }: RowKey): string {
  return `${kind} ${key}`;
}

/** Keeps what a write takes out of a manifest, for whoever undoes that. */
export async function keepRemovedRows(
  tx: CacheTransaction,
  collectionId: number,
  rows: readonly RemovedRow[],
): Promise<void> {
  for (const { kind, key, text } of rows) {
    const row = { collection_id: collectionId, kind, key };
    await tx
      .deleteFrom("removed_rows")
      .where((eb) => eb.and(row))
      .execute();
    await tx
      .insertInto("removed_rows")
      .values({ ...row, text })
      .execute();
  }
  if (rows.length === 0) return;
  await keepNewest(tx, "removed_rows", collectionId, KEPT);
}

/** Lets rows come back as they stood, where that is known: what was removed is undone. */
export async function returnRows(
  tx: CacheTransaction,
  collectionId: number,
  rows: readonly RowKey[],
): Promise<void> {
  for (const { kind, key } of rows) {
    await tx
      .updateTable("removed_rows")
      .set({ returns: 1 })
      .where((eb) => eb.and({ collection_id: collectionId, kind, key }))
      .execute();
  }
}

/** The texts of the rows that are to come back. */
export async function readReturningTexts(
  tx: CacheTransaction,
  collectionId: number,
): Promise<ReturningTexts> {
  const { rows } = await returningRows(tx, { collectionId });
  return new Map(rows.map(({ text, ...key }) => [rowKeyText(key), text]));
}

const returningRows = compiledOnce((db, { collectionId }: Placeholders<{ collectionId: number }>) =>
  db
    .selectFrom("removed_rows")
    .select(["kind", "key", "text"])
    .where("collection_id", "=", collectionId)
    .where("returns", "=", 1)
    .compile(),
);
