import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  type MakeDirectoryOptions,
} from "node:fs";
import { dirname, join } from "node:path";

/** Lets a folder's entries reach the disk, where the system can do that to a folder. */
export function syncFolder(folder: string): void {
  if (process.platform !== "win32") sync(folder);
}

/** Lets a file, or a folder with all that is below it, reach the disk; what links lead to does not. */
export function syncTree(path: string): void {
  const stat = lstatSync(path);
  if (stat.isDirectory()) {
    for (const name of readdirSync(path)) syncTree(join(path, name));
    syncFolder(path);
  } else if (stat.isFile()) {
    sync(path);
  }
}

/** Makes a folder with those above it, where they are missing, and lets them reach the disk. */
export function makeFolder(folder: string, options: MakeDirectoryOptions = {}): void {
  const first = mkdirSync(folder, { ...options, recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) {
    syncFolder(dirname(made));
  }
}

function sync(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
