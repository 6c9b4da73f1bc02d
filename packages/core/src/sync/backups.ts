import { constants } from "node:fs";
import { copyFile, link, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../durable.ts";
import { systemCode } from "../errors.ts";
import { syncFile, syncFolder } from "../manifest/store/replace-file.ts";

/** How many displaced texts a collection keeps. */
const KEPT = 20;

/**
 * Keeps the file at `manifest` before another text replaces it: as a second link to its inode, so
 * that what a late writer still puts into it is kept, too; as a copy where links cannot reach.
 * @param hash of its text, for the name
 * @returns the backup's path
 */
export async function backUp(manifest: string, folder: string, hash: string): Promise<string> {
  makeFolder(folder);
  const time = new Date().toISOString().replace(/[-:]/g, "");
  const path = join(folder, `${time}-${hash.slice(0, 8)}.toml`);
  try {
    await link(manifest, path);
    await syncFolder(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === "EEXIST") return path;
    if (code !== "EXDEV" && code !== "EPERM" && code !== "ENOTSUP") throw error;
    await copyFile(manifest, path, constants.COPYFILE_EXCL);
    await syncFile(path);
  }
  await dropOldest(folder);
  return path;
}

/** Names begin with the time, so their order is that of their making. */
async function dropOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".toml")).toSorted();
  for (const name of names.slice(0, Math.max(0, names.length - KEPT))) {
    await rm(join(folder, name), { force: true });
  }
}
