import Database from "better-sqlite3";
import { SkillmeatError, systemCode } from "../errors.ts";
import { takeLock } from "../manifest/store/lock.ts";
import { cacheLockFile, type HomePaths } from "../paths.ts";
import { moveAside } from "./asides.ts";
import { cacheFiles, isLeftBehind } from "./files.ts";
import { openAsItIs, type Cache } from "./open.ts";
import { explainCacheError, REPLACED } from "./unusable.ts";

/** How long a process waits for another one that makes or replaces the cache, in ms. */
const PATIENCE = 10_000;

/** What no reading of the file will cure. Other I/O errors may pass, and are the disk's. */
const BROKEN = /^SQLITE_(?:CORRUPT|NOTADB|IOERR_SHORT_READ|IOERR_CORRUPTFS)/;

/** How often the cache may be deleted while it is made. */
const TRIES = 5;

/** A cache that was opened, and the folder where the broken one lies that it was made in place of. */
export interface OpenedCache {
  readonly cache: Cache;
  readonly aside: string | null;
}

/**
 * Opens the cache of a home, and makes it where it is missing. A broken one is moved aside, as is a log
 * whose database is gone.
 * @throws SkillmeatError `foreign-cache` where another program made the file, or a newer SkillMeat did;
 * `cache-unusable` where its disk is full, read-only or broken
 */
export async function openCache(paths: HomePaths): Promise<OpenedCache> {
  try {
    return await openOrHeal(paths);
  } catch (error) {
    throw explainCacheError(error, paths.cacheFile);
  }
}

async function openOrHeal(paths: HomePaths): Promise<OpenedCache> {
  const files = cacheFiles(paths);
  // What is there is mostly sound, and opened by many; only what is made or replaced needs the lock.
  if (files.db !== null && files.db.size > 0) {
    try {
      return { cache: await openAsItIs(paths), aside: null };
    } catch (error) {
      if (!isCurable(error)) throw error;
    }
  }
  return whileLocked(paths, () => openOrReplace(paths, null));
}

/**
 * Opens a cache in place of one that this process has open, and that was deleted, replaced or found
 * broken. What stands at its path is taken where it is another one, or sound; the old one stays open.
 * @throws as {@link openCache}
 */
export async function reopenCache(old: Cache): Promise<OpenedCache> {
  const { paths } = old;
  try {
    return await whileLocked(paths, async () => {
      const isOwn = cacheFiles(paths).db?.id === old.fileId;
      const isSound = !isOwn || (old.isCurrent() && hasSoundPages(paths));
      return openOrReplace(paths, isSound ? null : moveAside(paths));
    });
  } catch (error) {
    throw explainCacheError(error, paths.cacheFile);
  }
}

/** Another process may have replaced the cache while the lock was waited for. */
async function openOrReplace(paths: HomePaths, moved: string | null): Promise<OpenedCache> {
  let aside = moved;
  for (let tries = 1; ; tries += 1) {
    if (isLeftBehind(cacheFiles(paths))) aside = moveAside(paths);
    try {
      return { cache: await openAsItIs(paths), aside };
    } catch (error) {
      if (tries === TRIES || !isCurable(error)) throw error;
      if (isBroken(error)) aside = moveAside(paths);
    }
  }
}

async function whileLocked<T>({ locks }: HomePaths, work: () => Promise<T>): Promise<T> {
  const lock = await takeLock(cacheLockFile(locks), PATIENCE);
  if (lock === null) {
    throw new SkillmeatError(
      "cache-unusable",
      "Another process has been making the cache for a while",
      "Try again, or end the other process",
    );
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function isBroken(error: unknown): boolean {
  return BROKEN.test(causeOf(error));
}

function isCurable(error: unknown): boolean {
  return isBroken(error) || causeOf(error) === REPLACED;
}

function causeOf(error: unknown): string {
  return systemCode(error instanceof SkillmeatError ? error.cause : error);
}

/** Reads the whole database once, as another process would. */
function hasSoundPages({ cacheFile }: HomePaths): boolean {
  try {
    const database = new Database(cacheFile, { readonly: true, fileMustExist: true });
    try {
      return database.pragma("quick_check(1)", { simple: true }) === "ok";
    } finally {
      database.close();
    }
  } catch (error) {
    if (isBroken(error)) return false;
    throw error;
  }
}
