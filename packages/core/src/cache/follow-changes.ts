import { sql } from "kysely";
import type { ChangeNews } from "../schema/events.ts";
import { touchedBy } from "./changes.ts";
import type { CacheDb } from "./open.ts";
import type { ChangeRow } from "./tables.ts";

/** A place in the log of changes: behind the change `id` of the cache that `epoch` names. */
export interface LogPlace {
  readonly epoch: string;
  readonly id: number;
}

type Logged = Pick<ChangeRow, "id" | "dir" | "at" | "origin" | "action" | "summary" | "touched">;

/** The end of the log. */
export async function endOfLog(db: CacheDb): Promise<LogPlace> {
  const { rows } = await sql<LogPlace>`
    select value as epoch, coalesce((select seq from sqlite_sequence where name = 'changes'), 0) as id
    from meta where key = 'epoch'`.execute(db);
  const [place] = rows;
  return place ?? { epoch: "", id: 0 };
}

/**
 * The changes of all collections behind a place, in the order in which they were made.
 * @param limit the most that are read
 * @returns null where the log does not tell all of them: some were dropped from it, or the cache is another one
 */
export async function readChangesBehind(
  db: CacheDb,
  { epoch, id }: LogPlace,
  limit: number,
): Promise<ChangeNews[] | null> {
  // One statement, and so one state of the cache. Ids are given without gaps, so that one shows what is missing.
  const { rows } = await sql<LogPlace & { last: number; row: string | null }>`
    select meta.value as epoch, changes.id,
      coalesce((select seq from sqlite_sequence where name = 'changes'), 0) as last,
      case when changes.id is null then null else json_object(
        'id', changes.id, 'dir', dir, 'at', at, 'origin', origin, 'action', action,
        'summary', summary, 'touched', touched) end as row
    from meta left join changes on changes.id > ${id}
    where meta.key = 'epoch' order by changes.id limit ${limit}`.execute(db);
  const changes = rows.flatMap(({ row }) => (row === null ? [] : [toNews(row)]));
  const [first] = rows;
  const isWhole =
    first?.epoch === epoch &&
    first.last >= id &&
    changes.every((change, index) => change.id === id + index + 1) &&
    (changes.length === limit || id + changes.length === first.last);
  return isWhole ? changes : null;
}

/** A text that is another one after each commit to the cache, by this connection or by any other. */
export async function readPulse(db: CacheDb): Promise<string> {
  const { rows } = await sql<{ own: number; others: number }>`
    select total_changes() as own, (select data_version from pragma_data_version) as others`.execute(
    db,
  );
  const [pulse] = rows;
  return `${pulse?.own}:${pulse?.others}`;
}

function toNews(row: string): ChangeNews {
  const logged: Logged = JSON.parse(row);
  const { id, dir, at, origin, action, summary } = logged;
  return { id, collection: dir, at, origin, action, summary, touched: touchedBy(logged) };
}
