import { sql } from "kysely";
import type { Cache, CacheDb } from "./open.ts";

/**
 * Runs a query of several statements on one state of the cache, so that what another writer commits
 * in between is seen by all of them or by none. Takes no write lock.
 * @param work only reads
 */
export function readSnapshot<T>(cache: Cache, work: (db: CacheDb) => Promise<T>): Promise<T> {
  return cache.db.connection().execute(async (db) => {
    await sql`begin`.execute(db);
    const rollback = () => sql`rollback`.execute(db);
    let result: T;
    try {
      result = await work(db);
    } catch (error) {
      // Where the file is broken SQLite has rolled back by itself; that error is the one to tell of.
      await rollback().catch(() => {});
      throw error;
    }
    await rollback();
    return result;
  });
}
