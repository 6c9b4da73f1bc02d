import { SkillmeatError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { openChangeLog, type ChangeLog } from "./change-log.ts";
import { compiledOnce, type Placeholders } from "./compiled.ts";
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
export async function findCollection(
  db: CacheDb | CacheTransaction,
  dir: string,
): Promise<CollectionRow | undefined> {
  const { rows } = await collectionByKey(db, { key: dir.toLowerCase() });
  return rows[0];
}

const collectionByKey = compiledOnce((db, { key }: Placeholders<{ key: string }>) =>
  db.selectFrom("collections").selectAll().where("dir_key", "=", key).compile(),
);

/**
 * Commits one mutation of a collection: the rows that `work` writes, `dirty_rev += 1`, and the change in
 * the log, in one durable transaction. The manifest follows by the write-through, which is not this
 * function's.
 * @param action the procedure, such as `groups.update`
 * @param work tells the log what it is about to touch, before it does, and what it did
 * @returns what `work` returns
 * @throws what `work` throws, with nothing committed
 */
export async function mutate<T>(
  cache: Cache,
  dir: string,
  action: string,
  work: (tx: CacheTransaction, collection: CollectionRow, log: ChangeLog) => Promise<T>,
): Promise<T> {
  const { result, change } = await cache.commitTogether(async (tx) => {
    const collection = await requireCollection(tx, dir);
    const { log, record } = openChangeLog(tx, collection);
    const done = await work(tx, collection, log);
    await markDirty(tx, collection.id);
    return { result: done, change: await record(action) };
  });
  if (change !== null) cache.onChange?.(change);
  return result;
}

/** Counts a mutation that the manifest does not hold yet. */
export async function markDirty(tx: CacheTransaction, collectionId: number): Promise<void> {
  await countMutation(tx, { id: collectionId });
}

/** How many mutations of a collection its cache has seen; null where there is no such collection. */
export async function readRevision(cache: Cache, dir: string): Promise<number | null> {
  const { rows } = await revisionByKey(cache.db, { key: dir.toLowerCase() });
  return rows[0]?.dirty_rev ?? null;
}

const revisionByKey = compiledOnce((db, { key }: Placeholders<{ key: string }>) =>
  db.selectFrom("collections").select("dirty_rev").where("dir_key", "=", key).compile(),
);

const countMutation = compiledOnce((db, { id }: Placeholders<{ id: number }>) =>
  db
    .updateTable("collections")
    .set((eb) => ({ dirty_rev: eb("dirty_rev", "+", 1) }))
    .where("id", "=", id)
    .compile(),
);
