import { CompiledQuery, sql } from "kysely";
import type { CacheTransaction } from "./open.ts";

interface Index {
  readonly name: string;
  /** What made it. */
  readonly sql: string;
}

/**
 * Runs what fills a table that is empty, and makes the table's indexes when all is in: to sort the rows once costs a
 * fraction of putting each into its place. Which indexes there are the database says, as the
 * migrations made it. Those of keys and unique constraints stay. What `work` throws has to roll the transaction back,
 * and with it the indexes are there again.
 */
export async function withoutIndexes(
  tx: CacheTransaction,
  table: string,
  work: () => Promise<void>,
): Promise<void> {
  const { rows: indexes } = await sql<Index>`
    select name, sql from sqlite_schema
    where type = 'index' and tbl_name = ${table} and sql is not null order by rowid`.execute(tx);
  for (const { name } of indexes) await sql`drop index ${sql.ref(name)}`.execute(tx);
  await work();
  for (const index of indexes) await tx.executeQuery(CompiledQuery.raw(index.sql));
}
