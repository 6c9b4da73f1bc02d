import { sql } from "kysely";
import { compiledOnce, type Placeholders } from "../cache/compiled.ts";
import { insertMany } from "../cache/insert-many.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { OwnedRowsTable } from "../cache/tables.ts";
import type { OwnedRows } from "./owned-rows.ts";

export type Kind = OwnedRowsTable["kind"];

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

/** The kinds of rows, in the order in which they are stored. */
export const KINDS = ["group", "tag", "artifact"] as const;

/** Rows of a kind as they are stored. */
export function textsOf(
  kind: Kind,
  { groups, tags, artifacts }: OwnedRows,
): Omit<StoredRow, "place">[] {
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

/** All rows of the base, in the order of the manifest. */
export async function readStored(tx: CacheTransaction, collectionId: number): Promise<StoredRow[]> {
  return tx
    .selectFrom("base_rows")
    .select(["kind", "key", "place", "row"])
    .where("collection_id", "=", collectionId)
    .orderBy("kind")
    .orderBy("place")
    .execute();
}

/** What makes `wanted` of the rows that are stored. Places stay as far as they are in order. */
export function changeTo(stored: readonly StoredRow[], wanted: OwnedRows): RowsChange {
  // As in each recovery.
  if (stored.length === 0) return { rows: KINDS.flatMap((kind) => placed(kind, wanted)), gone: [] };
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

function placed(kind: Kind, wanted: OwnedRows): StoredRow[] {
  return textsOf(kind, wanted).map(({ key, row }, place) => ({ kind, key, place, row }));
}

function textKey({ kind, key }: BaseKey): string {
  return `${kind} ${key}`;
}

/** Makes a change of a table's rows. */
export async function changeRows(
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

/** Up to so many rows go as one text, by one statement that is prepared already; for more that is the dearer way. */
const FEW = 100;

/** Inserts rows, each in place of the one that may be there of its key. */
export async function insertRows(
  tx: CacheTransaction,
  table: "base_rows" | "intent_rows",
  collectionId: number,
  rows: readonly { kind: Kind; key: string; place: number | null; row: string | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  if (rows.length > FEW) {
    const stored = rows.map(({ kind, key, place, row }) => {
      return { collection_id: collectionId, kind, key, place, row };
    });
    await insertMany(tx, table, stored, "replace");
    return;
  }
  const texts = JSON.stringify(rows.map(({ kind, key, place, row }) => [kind, key, place, row]));
  await INSERT_INTO[table](tx, { collectionId, texts });
}

const INSERT_INTO = { base_rows: insertInto("base_rows"), intent_rows: insertInto("intent_rows") };

function insertInto(table: "base_rows" | "intent_rows") {
  return compiledOnce(
    (db, { collectionId, texts }: Placeholders<{ collectionId: number; texts: string }>) =>
      sql`
    insert or replace into ${sql.table(table)} (collection_id, kind, key, place, row)
    select ${collectionId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3
    from json_each(${texts})`.compile(db),
  );
}
