import { CompiledQuery, sql, type Insertable } from "kysely";
import { withoutIndexes } from "./indexes.ts";
import type { CacheTransaction } from "./open.ts";
import type { Tables } from "./tables.ts";

/** So many rows go with a statement, as long as there are so many left: few texts, each prepared once. */
const SIZES = [100, 10, 1] as const;

/** Of so many rows it is cheaper to make a table's indexes when all are in than to keep them row by row. */
const MANY = 1_000;

/**
 * Inserts many rows, all of which have the columns of the first. Kysely would take longer to write the
 * statements than SQLite to run them, and a statement for each row longer than one for a hundred.
 * @param clash what becomes of a row whose key is there already: it fails the whole, or goes for the new one
 */
export async function insertMany<Table extends keyof Tables>(
  tx: CacheTransaction,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
  clash: "fail" | "replace" = "fail",
): Promise<void> {
  const insert = () =>
    insertAll(tx, table, rows, clash === "fail" ? "insert" : "insert or replace");
  if (rows.length < MANY || (await hasRows(tx, table))) await insert();
  else await withoutIndexes(tx, table, insert);
}

async function hasRows(tx: CacheTransaction, table: string): Promise<boolean> {
  const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(tx);
  return rows.length > 0;
}

async function insertAll(
  tx: CacheTransaction,
  table: string,
  rows: readonly object[],
  verb: string,
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  let at = 0;
  for (const size of SIZES) {
    if (rows.length - at < size) continue;
    const text = `${verb} into ${valuesText(table, columns, size)}`;
    for (; rows.length - at >= size; at += size) {
      const values: unknown[] = [];
      for (const row of rows.slice(at, at + size)) {
        for (const column of columns) values.push(Reflect.get(row, column));
      }
      await tx.executeQuery(CompiledQuery.raw(text, values));
    }
  }
}

function valuesText(table: string, columns: readonly string[], rows: number): string {
  const row = `(${columns.map(() => "?").join(", ")})`;
  const names = columns.map((column) => `"${column}"`).join(", ");
  return `"${table}" (${names}) values ${Array.from({ length: rows }, () => row).join(", ")}`;
}
