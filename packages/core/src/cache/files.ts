import { type BigIntStats, lstatSync } from "node:fs";
import { systemCode } from "../errors.ts";
import type { HomePaths } from "../paths.ts";

/** What lies at one of the cache's paths; two are one file where `id` is the same. */
interface FileMark {
  readonly id: string;
  /** In bytes. */
  readonly size: number;
}

/** The cache's database, its write-ahead log and that log's index; null where there is none. */
export interface CacheFiles {
  readonly db: FileMark | null;
  readonly wal: FileMark | null;
  readonly shm: FileMark | null;
}

/** Looks at the cache's files. */
export function cacheFiles({ cacheFile }: HomePaths): CacheFiles {
  return {
    db: markOf(cacheFile),
    wal: markOf(`${cacheFile}-wal`),
    shm: markOf(`${cacheFile}-shm`),
  };
}

function markOf(path: string): FileMark | null {
  const stat = statOf(path);
  return stat === undefined ? null : { id: `${stat.dev}:${stat.ino}`, size: Number(stat.size) };
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (systemCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Whether the files are still those that a process has open. A database never shrinks by itself. */
export function areSame(opened: CacheFiles, now: CacheFiles): boolean {
  const { db, wal, shm } = now;
  return (
    db !== null &&
    db.id === opened.db?.id &&
    db.size >= opened.db.size &&
    wal?.id === opened.wal?.id &&
    shm?.id === opened.shm?.id
  );
}

/**
 * Whether a log lies there whose database is gone or was emptied: SQLite would take it for the log of
 * the database that is made anew.
 */
export function isLeftBehind({ db, wal, shm }: CacheFiles): boolean {
  return (wal !== null || shm !== null) && (db === null || db.size === 0);
}
