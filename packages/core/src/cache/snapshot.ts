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
    try {
      return await work(db);
    } finally {
      await sql`rollback`.execute(db);
    }
  });
}
