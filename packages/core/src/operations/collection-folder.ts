import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { unfinishedName } from "../artifacts/unfinished.ts";
import { makeFolder, syncFolder, syncTree } from "../durable.ts";
import { SkillmeatError } from "../errors.ts";
import { quoted } from "./suggest.ts";

/**
 * Makes a collection's folder as a whole or not at all: it is filled under a hidden name, reaches the disk, and is renamed.
 * @param fill writes what the folder is to hold into the folder that it is given
 * @throws SkillmeatError `conflict` where a folder or file of that name is there, ignoring case
 */
export function placeCollection(
  collections: string,
  dir: string,
  fill: (folder: string) => void,
): void {
  makeFolder(collections);
  refuseTakenFolder(collections, dir);
  const unfinished = join(collections, unfinishedName());
  try {
    mkdirSync(unfinished);
    fill(unfinished);
    syncTree(unfinished);
    refuseTakenFolder(collections, dir);
    renameSync(unfinished, join(collections, dir));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  try {
    syncFolder(collections);
  } catch (error) {
    rmSync(join(collections, dir), { recursive: true, force: true });
    throw error;
  }
}

/**
 * Throws where a folder or file of that name is there, ignoring case.
 * @throws SkillmeatError `conflict`
 */
export function refuseTakenFolder(collections: string, dir: string): void {
  const taken = readdirSync(collections).find((name) => name.toLowerCase() === dir.toLowerCase());
  if (taken === undefined) return;
  throw new SkillmeatError(
    "conflict",
    `There is already ${quoted(taken)} in ${collections}`,
    "Take another name, or look at what is there: skillmeat collection list",
  );
}
