import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../errors.ts";
import type { HomePaths } from "../paths.ts";

/** How many broken caches are kept; one from which something is still to be taken over in any case. */
const KEPT = 3;

/** The file in a broken cache's folder that says that nothing more is to be taken from it. */
const NOTE = "taken-over.txt";

const PARTS = ["", "-wal", "-shm"] as const;

/**
 * Moves the cache's files out of the way, for whoever wants to look at them; those who have them open
 * go on with them. Files of one cache come to lie together, also where a process was killed while it
 * moved them.
 * @returns the folder where they lie now
 */
export function moveAside(paths: HomePaths): string {
  const aside = begunAside(paths) ?? newAside(paths);
  mkdirSync(aside, { recursive: true });
  // The database goes first: a log without one is known to be left behind.
  for (const part of PARTS) {
    moveIfThere(paths.cacheFile + part, brokenCacheFile(aside) + part);
  }
  const old = listAsides(paths)
    .filter(isTakenOver)
    .slice(0, 1 - KEPT);
  for (const each of old) rmSync(each, { recursive: true, force: true });
  return aside;
}

/** The database in a folder that {@link moveAside} made. */
export function brokenCacheFile(aside: string): string {
  return join(aside, "cache.db");
}

/**
 * The folders of broken caches, the oldest first, from which what they hold unwritten was not taken
 * over: the process that was about to was killed, or still is at it.
 */
export function asidesToTakeOver(paths: HomePaths): string[] {
  return listAsides(paths).filter((aside) => !isTakenOver(aside));
}

/**
 * Notes that nothing more is to be taken from a broken cache.
 * @param unread why not all of it could be read; null where it could
 */
export function noteTakenOver(aside: string, unread: string | null): void {
  const what = unread === null ? "all that was not in a manifest yet" : "what could be read";
  const rest = unread === null ? "" : ` (${unread})`;
  writeFileSync(
    join(aside, NOTE),
    `This cache was broken. Of what it held, ${what} was taken over into the cache that was made in its place${rest}.\n`,
  );
}

function isTakenOver(aside: string): boolean {
  return existsSync(join(aside, NOTE));
}

function listAsides(paths: HomePaths): string[] {
  const folder = asidesFolder(paths);
  try {
    const names = readdirSync(folder).toSorted();
    return names.map((name) => join(folder, name));
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return [];
    throw error;
  }
}

/** The folder to which a killed process has moved the database of the log that still lies there. */
function begunAside(paths: HomePaths): string | undefined {
  if (existsSync(paths.cacheFile)) return undefined;
  const last = asidesToTakeOver(paths).at(-1);
  if (last === undefined || !existsSync(brokenCacheFile(last))) return undefined;
  const isFree = (part: string) =>
    !existsSync(paths.cacheFile + part) || !existsSync(brokenCacheFile(last) + part);
  return PARTS.every(isFree) ? last : undefined;
}

function newAside(paths: HomePaths): string {
  const time = new Date().toISOString().replaceAll(":", "-");
  return join(asidesFolder(paths), `${time}-${randomBytes(3).toString("hex")}`);
}

function asidesFolder({ cacheDir }: HomePaths): string {
  return join(cacheDir, "broken");
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}
