import { readFileSync, statSync, type Stats } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { CollectionPaths } from "../settings/collection-paths.ts";

/** How long git is waited for, in ms: a lock that is older was left by one that was killed, or waits for an editor. */
const PATIENCE = 5_000;

/** How often the lock is looked at, in ms. */
const INTERVAL = 20;

/** Git began to work on the files of a folder, so that nothing is to be written there now. */
export class GitAtWork extends Error {
  override readonly name = "GitAtWork";
}

/**
 * Waits while git changes the work tree that holds a folder, at most some seconds. While it checks out
 * it holds `index.lock`, and files are missing or half written.
 */
export async function waitForGit(folder: string): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (isGitAtWork(folder) && performance.now() < deadline) await pause(INTERVAL);
}

/**
 * Whether git holds the index of the work tree that holds a folder, and has not done so for longer than
 * it is waited for. It costs a stat for each folder above, some microseconds.
 */
export function isGitAtWork(folder: string): boolean {
  const index = gitFolderOf(folder);
  const lock = index === null ? undefined : statOf(join(index, "index.lock"));
  // A time to come is that of a clock that was put back, or of another machine's: no less old.
  return lock !== undefined && Math.abs(Date.now() - lock.mtimeMs) < PATIENCE;
}

/**
 * Whether a collection is shared by git: its folder is a work tree itself, or is linked and in one. A
 * home that merely lies in one, as in a clone of somebody's dotfiles, is not meant.
 */
export function isSharedByGit({ folder, linked }: CollectionPaths): boolean {
  return statOf(join(folder, ".git")) !== undefined || (linked && gitFolderOf(folder) !== null);
}

/** @throws GitAtWork */
export function requireNoGit(folder: string): void {
  if (isGitAtWork(folder)) throw new GitAtWork("git is changing the files of this folder");
}

/** Where git keeps the index of the work tree that holds a folder; null where none does. */
function gitFolderOf(folder: string): string | null {
  for (let above = resolve(folder); ; above = dirname(above)) {
    const git = join(above, ".git");
    const stat = statOf(git);
    if (stat?.isDirectory() === true) return git;
    if (stat?.isFile() === true) return linkedGitFolder(git);
    if (above === dirname(above)) return null;
  }
}

/** In a further work tree, and in a submodule, `.git` is a file (https://git-scm.com/docs/gitrepository-layout). */
function linkedGitFolder(file: string): string | null {
  try {
    const path = /^gitdir: (.+?)\s*$/.exec(readFileSync(file, "utf8"))?.[1];
    return path === undefined ? null : resolve(dirname(file), path);
  } catch {
    return null;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
