import { messageOf, SkillmeatError, systemCode } from "../errors.ts";

/**
 * What SQLite (https://sqlite.org/rescode.html) and the system say of a disk that is full, read-only,
 * broken or out of reach.
 */
const DISK_CODES =
  /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|CORRUPT|PERM)|^E(?:ACCES|PERM|ROFS|NOSPC|DQUOT|IO|EXIST|NOTDIR)$/;

/**
 * An error of SQLite in words that a person understands, where the disk or the file is at fault; any
 * other error as it is.
 * @param file the cache
 */
export function explainCacheError(error: unknown, file: string): unknown {
  if (!DISK_CODES.test(systemCode(error))) return error;
  return new SkillmeatError(
    "cache-unusable",
    `The cache ${file} cannot be used: ${messageOf(error)}`,
    "Check the free space and the permissions of its disk; the cache folder may be deleted, and is recovered from the manifests",
    { cause: error },
  );
}
