import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeFolder } from "../durable.ts";
import { systemCode } from "../errors.ts";
import { readManifestFile } from "../manifest/store/read-file.ts";
import { hashOf } from "../manifest/pieces.ts";
import { syncFile, syncFolder } from "../manifest/store/replace-file.ts";
import type { CollectionPaths } from "../settings/collection-paths.ts";

/** Where a collection's displaced texts go, and how many of them stay. */
export type BackupPlace = Pick<CollectionPaths, "backups" | "backupsKept">;

/**
 * Keeps the file at `manifest` before another text replaces it: as a second link to its inode, so
 * that what a late writer still puts into it is kept, too; as a copy where links cannot reach.
 * @param hash of its text, for the name
 * @returns the backup's path
 */
export async function backUp(
  manifest: string,
  { backups: folder, backupsKept }: BackupPlace,
  hash: string,
): Promise<string> {
  makeFolder(folder);
  const path = join(folder, backupName(hash));
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
  await dropOldest(folder, backupsKept);
  return path;
}

/**
 * Keeps a text that lies in no file any more.
 * @returns the backup's path
 */
export async function backUpText(
  { backups: folder, backupsKept }: BackupPlace,
  text: Buffer,
): Promise<string> {
  makeFolder(folder);
  const hash = createHash("sha256").update(text).digest("hex");
  const path = await writeAsNew((later) => join(folder, backupName(hash, later)), text);
  await syncFile(path);
  await dropOldest(folder, backupsKept);
  return path;
}

/** Keeps what another program saved while its place was taken. */
export async function keepOther(path: string, place: BackupPlace): Promise<void> {
  const file = readManifestFile(path);
  await backUp(path, place, file.state === "present" ? file.hash : hashOf(file.state));
}

/** The same text may be kept twice in one millisecond: then one is named by the next. */
async function writeAsNew(pathOf: (later: number) => string, text: Buffer): Promise<string> {
  for (let later = 0; ; later += 1) {
    const path = pathOf(later);
    try {
      await writeFile(path, text, { flag: "wx" });
      return path;
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
    }
  }
}

/** What a backup is named by. */
export function backupId(path: string): string {
  return basename(path, ".toml");
}

/** @param later how many ms after now */
function backupName(hash: string, later = 0): string {
  const time = new Date(Date.now() + later).toISOString().replace(/[-:]/g, "");
  return `${time}-${hash.slice(0, 8)}.toml`;
}

/** Names begin with the time, so their order is that of their making. */
async function dropOldest(folder: string, kept: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".toml")).toSorted();
  for (const name of names.slice(0, Math.max(0, names.length - kept))) {
    await rm(join(folder, name), { force: true });
  }
}
