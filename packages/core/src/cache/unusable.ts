import { messageOf, SkillmeatError, systemCode } from "../errors.ts";

/**
 * What SQLite (https://sqlite.org/rescode.html) and the system say of a disk that is full, read-only,
 * broken or out of reach.
 */
const DISK_CODES =
  /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM)|^E(?:ACCES|PERM|ROFS|NOSPC|DQUOT|IO|EXIST|NOTDIR)$/;

/** The code of a cache whose files are not those that were opened. */
export const REPLACED = "CACHE_REPLACED";

/** What is cured by a new cache: this one is broken, or no longer the one at its path. */
const LOST_CODES = new RegExp(`^(?:SQLITE_(?:IOERR|CORRUPT|NOTADB)|${REPLACED})`);

/**
 * An error of SQLite in words that a person understands, where the disk or the file is at fault; any
 * other error as it is.
 * @param file the cache
 */
export function explainCacheError(error: unknown, file: string): unknown {
  if (!DISK_CODES.test(systemCode(error))) return error;
  return unusable(
    `The cache ${file} cannot be used: ${messageOf(error)}`,
    "Check the free space and the permissions of its disk; the cache folder may be deleted, and is recovered from the manifests",
    error,
  );
}

/** What stops a transaction on a cache whose files were deleted or replaced: nothing is committed. */
export function cacheReplaced(file: string): SkillmeatError {
  const cause = Object.assign(new Error("its files are not those that were opened"), {
    code: REPLACED,
  });
  const message = `The cache ${file} was deleted or replaced while it was in use`;
  return unusable(message, "Try again", cause);
}

/** What a transaction ends with that did not get the write lock in time, in ms. */
export function cacheBusy(file: string, patience: number): SkillmeatError {
  return new SkillmeatError(
    "cache-unusable",
    `Another process has been writing the cache ${file} for ${patience / 1000} s`,
    "Try again; if it stays so, end the other process",
  );
}

/** Whether an error says that a cache is broken or was replaced, so that a new one cures it. */
export function isCacheLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (LOST_CODES.test(systemCode(error))) return true;
  return error instanceof SkillmeatError && isCacheLost(error.cause);
}

function unusable(message: string, hint: string, cause: unknown): SkillmeatError {
  return new SkillmeatError("cache-unusable", message, hint, { cause });
}
