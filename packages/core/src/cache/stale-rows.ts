import { sql } from "kysely";
import { compiledOnce, type Placeholders } from "./compiled.ts";
import type { CacheTransaction } from "./open.ts";

/** What of a collection was changed: a row of its manifest, or the order of such rows. */
export interface StaleRow {
  readonly kind: "group" | "tag" | "artifact" | "order";
  /** A group's or a tag's id, an artifact's `type:name`; of an order, what is ordered. */
  readonly key: string;
}

/**
 * Begins to take note of what this connection changes, in a table of its own that goes with it: whatever
 * changes a row that a manifest holds, by whichever way, is noted with it, or rolled back with it.
 * What other connections change is not; `dataVersion` tells of them.
 */
export async function trackStaleRows(tx: CacheTransaction): Promise<void> {
  const { rows } = await sql`
    select 1 from temp.sqlite_schema where name = 'stale_rows'`.execute(tx);
  if (rows.length > 0) return;
  await sql`
    create temp table stale_rows
      (collection_id integer, kind text, key text, primary key (collection_id, kind, key))
      without rowid`.execute(tx);
  for (const [name, on, what] of TRIGGERS) {
    // Not "insert or ignore": the policy of a statement overrides that of the triggers which it fires.
    await sql
      .raw(
        `create temp trigger stale_${name} after ${on} begin
           insert into stale_rows ${what} on conflict do nothing; end`,
      )
      .execute(tx);
  }
}

const GROUP = (row: string) => `values (${row}.collection_id, 'group', ${row}.id)`;
const TAG = (row: string) => `values (${row}.collection_id, 'tag', cast(${row}.id as text))`;
const ARTIFACT = (row: string) =>
  `values (${row}.collection_id, 'artifact', ${row}.type || ':' || ${row}.name)`;
const MEMBER = (row: string) =>
  `select collection_id, 'group', id from main.groups where id = ${row}.group_id`;
const CARRIED = (row: string) =>
  `select collection_id, 'artifact', type || ':' || name from main.artifacts where id = ${row}.artifact_id`;

const TRIGGERS: readonly (readonly [name: string, on: string, what: string])[] = [
  ...ofRows("group", "groups", GROUP),
  ...ofRows("member", "group_members", MEMBER),
  ...ofRows("tag", "tags", TAG),
  ...ofRows("artifact", "artifacts", ARTIFACT),
  ...ofRows("carried", "artifact_tags", CARRIED),
  ...["groups", "tags"].map(
    (table) =>
      [
        `${table}_order`,
        `update of position on main.${table}`,
        `values (new.collection_id, 'order', '${table}')`,
      ] as const,
  ),
];

function ofRows(name: string, table: string, what: (row: string) => string) {
  return [
    [`${name}_come`, `insert on main.${table}`, what("new")],
    [`${name}_gone`, `delete on main.${table}`, what("old")],
    [`${name}_was`, `update on main.${table}`, what("old")],
    [`${name}_is`, `update on main.${table}`, what("new")],
  ] as const;
}

/** Takes out of the notes what was changed of a collection since that was done last. */
export async function takeStaleRows(
  tx: CacheTransaction,
  collectionId: number,
): Promise<StaleRow[]> {
  const { rows } = await deleteStale(tx, { collectionId });
  return rows;
}

const deleteStale = compiledOnce((db, { collectionId }: Placeholders<{ collectionId: number }>) =>
  sql<StaleRow>`
    delete from stale_rows where collection_id = ${collectionId} returning kind, key`.compile(db),
);

/**
 * Changes where another connection has committed something since; its own commits leave it as it is
 * (https://sqlite.org/pragma.html#pragma_data_version).
 */
export async function dataVersion(tx: CacheTransaction): Promise<number> {
  const { rows } = await readDataVersion(tx, {});
  return rows[0]?.data_version ?? 0;
}

const readDataVersion = compiledOnce((db) =>
  sql<{ data_version: number }>`pragma data_version`.compile(db),
);
