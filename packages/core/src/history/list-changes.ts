import { touchedBy } from "../cache/changes.ts";
import { requireCollection } from "../cache/commit.ts";
import type { Cache, CacheDb } from "../cache/open.ts";
import { readSnapshot } from "../cache/snapshot.ts";
import type { HistoryItem, HistoryListInput } from "../schema/history.ts";

/**
 * What was done to a collection, the newest first; only the newest changes are kept.
 * @throws SkillmeatError `not-found`
 */
export function listChanges(
  cache: Cache,
  input: HistoryListInput,
): Promise<{ items: HistoryItem[]; nextCursor: string | null }> {
  return readSnapshot(cache, async (db) => {
    const { dir } = await requireCollection(db, input.collection);
    const before = input.cursor === undefined ? null : Number(input.cursor);
    const rows = await changesOf(db, dir)
      .$if(before !== null, (query) => query.where("id", "<", before ?? 0))
      .limit(input.limit + 1)
      .execute();
    const items = rows.slice(0, input.limit).map(toItem);
    const last = items.at(-1);
    const hasMore = rows.length > items.length && last !== undefined;
    return { items, nextCursor: hasMore ? String(last.id) : null };
  });
}

/** A change without its images, which may be large. */
export type ListedChange = Awaited<
  ReturnType<ReturnType<typeof changesOf>["executeTakeFirstOrThrow"]>
>;

/** The changes of a collection, the newest first. */
export function changesOf(db: CacheDb, dir: string) {
  return db
    .selectFrom("changes")
    .select(["id", "dir", "at", "origin", "action", "summary", "touched", "undoes", "undone_by"])
    .select((eb) => eb("images", "is not", null).as("has_images"))
    .where("dir", "=", dir)
    .orderBy("id", "desc");
}

/** A change as it is listed. */
export function toItem(row: ListedChange): HistoryItem {
  const { id, dir, at, origin, action, summary, undoes, undone_by } = row;
  return {
    id,
    collection: dir,
    at,
    origin,
    action,
    summary,
    touched: touchedBy(row),
    undoes,
    undoneBy: undone_by,
    undoable: Boolean(row.has_images) && undone_by === null,
  };
}
