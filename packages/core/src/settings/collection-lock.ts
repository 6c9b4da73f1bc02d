import { accessSync, constants, lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../errors.ts";
import { takeLock, type Lock, type Locks } from "../manifest/store/lock.ts";
import type { CollectionPaths } from "./collection-paths.ts";

/** The hidden folder of a linked collection that its lock lies in; no part of the collection. */
export const LOCK_FOLDER = ".skillmeat-lock";

/** A folder that ignores itself is seen by no `git status` and goes with no commit. */
const IGNORE_ALL = "# The lock of a linked collection, while SkillMeat writes it.\n*\n";

/**
 * Takes the lock under which a collection's manifest is written. Several homes can link one folder, so
 * that the lock of a linked one stands in that folder; where no file can be made in it none can be
 * written either, and the home's own lock does.
 * @param patience how long to wait, in ms
 * @param take keeps the lock's file open where it is to be taken often
 * @returns null where it could not be had in time
 */
export function takeCollectionLock(
  place: CollectionPaths,
  patience: number,
  take: Locks["take"] = takeLock,
): Promise<Lock | null> {
  return take((place.linked ? sharedLock(place.folder) : null) ?? place.lock, patience);
}

/** The lock's file in a linked folder, which is never made itself; null where it cannot be used. */
function sharedLock(folder: string): string | null {
  const own = join(folder, LOCK_FOLDER);
  const file = join(own, "lock");
  try {
    ifMissing(() => mkdirSync(own));
    // What a repository brings along must not lead out of it.
    if (!lstatSync(own).isDirectory()) return null;
    ifMissing(() => writeFileSync(join(own, ".gitignore"), IGNORE_ALL, { flag: "wx" }));
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isFile()) return null;
    accessSync(stat === undefined ? own : file, constants.W_OK);
    return file;
  } catch {
    return null;
  }
}

function ifMissing(make: () => void): void {
  try {
    make();
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
}
