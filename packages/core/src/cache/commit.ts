import { SkillmeatError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { Cache, CacheDb, CacheTransaction } from "./open.ts";
import type { CollectionRow } from "./tables.ts";

/**
 * The row of a collection.
 * @param dir the directory name, ignoring case
 * @throws SkillmeatError `not-found`, with the nearest name
 */
export async function requireCollection(
  db: CacheDb | CacheTransaction,
  dir: string,
): Promise<CollectionRow> {
  const row = await findCollection(db, dir);
  if (row !== undefined) return row;
  const others = await db.selectFrom("collections").select("dir").orderBy("dir_key").execute();
  throw noCollection(
    dir,
    others.map((other) => other.dir),
  );
}

function noCollection(dir: string, known: readonly string[]): SkillmeatError {
  const meant = nearest(dir, known);
  const guess = meant === null ? `; there are: ${known.join(", ")}` : `; did you mean "${meant}"?`;
  return new SkillmeatError(
    "not-found",
    `There is no collection "${dir}"${known.length === 0 ? "" : guess}`,
    known.length === 0 ? "skillmeat init" : "skillmeat collection list",
  );
}

/** The row of a collection by its directory name, ignoring case; undefined where there is none. */
export function findCollection(
  db: CacheDb | CacheTransaction,
  dir: string,
): Promise<CollectionRow | undefined> {
  return db
    .selectFrom("collections")
    .selectAll()
    .where("dir_key", "=", dir.toLowerCase())
    .executeTakeFirst();
}

/**
 * Commits one mutation of a collection: the rows that `work` writes and `dirty_rev += 1`, in one
 * durable transaction. The manifest follows by the write-through, which is not this function's.
 * @returns what `work` returns
 * @throws what `work` throws, with nothing committed
 */
export function mutate<T>(
  cache: Cache,
  dir: string,
  work: (tx: CacheTransaction, collection: CollectionRow) => Promise<T>,
): Promise<T> {
  return cache.transaction(async (tx) => {
    const collection = await requireCollection(tx, dir);
    const result = await work(tx, collection);
    await tx
      .updateTable("collections")
      .set((eb) => ({ dirty_rev: eb("dirty_rev", "+", 1) }))
      .where("id", "=", collection.id)
      .execute();
    return result;
  });
}
