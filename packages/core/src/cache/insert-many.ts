import { CompiledQuery, type Insertable } from "kysely";
import type { CacheTransaction } from "./open.ts";
import type { Tables } from "./tables.ts";

/** So many rows go with a statement, as long as there are so many left: few texts, each prepared once. */
const SIZES = [100, 10, 1] as const;

/**
 * Inserts many rows, all of which have the columns of the first. Kysely would take longer to write the
 * statements than SQLite to run them, and a statement for each row longer than one for a hundred.
 */
export async function insertMany<Table extends keyof Tables>(
  tx: CacheTransaction,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  let at = 0;
  for (const size of SIZES) {
    if (rows.length - at < size) continue;
    const text = insertText(table, columns, size);
    for (; rows.length - at >= size; at += size) {
      const values: unknown[] = [];
      for (const row of rows.slice(at, at + size)) {
        for (const column of columns) values.push(Reflect.get(row, column));
      }
      await tx.executeQuery(CompiledQuery.raw(text, values));
    }
  }
}

function insertText(table: string, columns: readonly string[], rows: number): string {
  const row = `(${columns.map(() => "?").join(", ")})`;
  const names = columns.map((column) => `"${column}"`).join(", ");
  return `insert into "${table}" (${names}) values ${Array.from({ length: rows }, () => row).join(", ")}`;
}
