import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { unfinishedName } from "../artifacts/unfinished.ts";
import { SkillmeatError } from "../errors.ts";
import { quoted } from "./suggest.ts";

/**
 * Makes a collection's folder as a whole or not at all: it is filled under a hidden name, then renamed.
 * @param fill writes what the folder is to hold into the folder that it is given
 * @throws SkillmeatError `conflict` where a folder or file of that name is there, ignoring case
 */
export function placeCollection(
  collections: string,
  dir: string,
  fill: (folder: string) => void,
): void {
  mkdirSync(collections, { recursive: true });
  refuseTakenFolder(collections, dir);
  const unfinished = join(collections, unfinishedName());
  try {
    mkdirSync(unfinished);
    fill(unfinished);
    refuseTakenFolder(collections, dir);
    renameSync(unfinished, join(collections, dir));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  syncFolder(collections);
}

function refuseTakenFolder(collections: string, dir: string): void {
  const taken = readdirSync(collections).find((name) => name.toLowerCase() === dir.toLowerCase());
  if (taken === undefined) return;
  throw new SkillmeatError(
    "conflict",
    `There is already ${quoted(taken)} in ${collections}`,
    "Take another name, or look at what is there: skillmeat collection list",
  );
}

/** Writes a file that is not there yet, and lets it reach the disk. */
export function writeNewFile(folder: string, name: string, content: string | Uint8Array): void {
  const handle = openSync(join(folder, name), "wx");
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  syncFolder(folder);
}

/** Lets a folder's entries reach the disk, where the system can do that to a folder. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
