import { randomBytes } from "node:crypto";
import { constants, lstatSync } from "node:fs";
import { link, open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { systemCode } from "../../errors.ts";
import { fingerprintOf, MISSING, type Fingerprint } from "./read-file.ts";

/** How a file is replaced. */
export interface Replacement {
  readonly path: string;
  readonly text: string;
  /** What lay there when `text` was made; anything else now, and nothing is replaced. */
  readonly expected: Fingerprint;
  /** Runs when the new text is on disk and before it is swapped in; what it throws stops the swap. */
  readonly beforeSwap: () => Promise<void>;
}

/**
 * Replaces a file durably: the whole new text in a temporary file beside it, fsynced, then swapped
 * in by a rename, then the folder fsynced. Mode and owner stay. At every moment, and after a crash
 * or a power loss at any moment, the path holds either the old text or the new one, whole.
 * @returns the new file's fingerprint, or null where another writer was first
 * @throws what the file system throws; the temporary file is then gone, and the old one intact, unless it
 *   was the folder's fsync that failed: then the new text is there, and may be gone after a power loss
 */
export async function replaceFile(replacement: Replacement): Promise<Fingerprint | null> {
  const { path, text, expected, beforeSwap } = replacement;
  const temporary = join(
    dirname(path),
    `${temporaryPrefix(path)}${randomBytes(6).toString("hex")}`,
  );
  try {
    await writeWhole(temporary, Buffer.from(text), path);
    // Taken here, since another program's file may be at the path as soon as ours is.
    const fingerprint = fingerprintOf(temporary);
    await beforeSwap();
    if (fingerprintOf(path) !== expected) return null;
    if (expected === MISSING) {
      if (!(await linkNew(temporary, path))) return null;
    } else {
      await rename(temporary, path);
    }
    await syncFolder(dirname(path));
    return fingerprint;
  } finally {
    await removeIfPossible(temporary);
  }
}

/** Whether crashed writers left something beside a file, or one is at work. */
export async function hasLeftovers(path: string): Promise<boolean> {
  return (await leftoversOf(path)).length > 0;
}

/** Removes what crashed writers left beside a file, where its folder can be read; only while no writer is at work. */
export async function removeLeftovers(path: string): Promise<void> {
  for (const leftover of await leftoversOf(path)) await removeIfPossible(leftover);
}

async function leftoversOf(path: string): Promise<string[]> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.startsWith(temporaryPrefix(path)))
    .map((name) => join(folder, name));
}

/** What cannot be removed stays as a leftover: it is in nobody's way, and why it was made counts more. */
async function removeIfPossible(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
}

/** Makes a folder's entries durable, where the system can do that to a folder. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a file's bytes and its folder's entry durable. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(path));
}

function temporaryPrefix(path: string): string {
  return `.${basename(path)}.tmp-`;
}

async function writeWhole(temporary: string, bytes: Buffer, model: string): Promise<void> {
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
  const handle = await open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o644);
  try {
    await copyMode(handle, model);
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, at);
      if (bytesWritten === 0) break;
      at += bytesWritten;
    }
    await handle.sync();
    const { size } = await handle.stat();
    if (size !== bytes.length)
      throw new Error(`only ${size} of ${bytes.length} bytes were written`);
  } finally {
    await handle.close();
  }
}

/** Mode and, where this process may, the owner of the file that is replaced. */
async function copyMode(handle: FileHandle, model: string): Promise<void> {
  const stat = lstatSync(model, { throwIfNoEntry: false });
  if (stat === undefined) return;
  await handle.chmod(stat.mode & 0o7777);
  const { uid, gid } = await handle.stat();
  if (uid === stat.uid && gid === stat.gid) return;
  await handle.chown(stat.uid, stat.gid).catch((error: unknown) => {
    if (systemCode(error) !== "EPERM") throw error;
  });
}

/** Puts a file where none is, and never over one that appeared meanwhile. */
async function linkNew(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    await removeIfPossible(temporary);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP") throw error;
    await rename(temporary, path); // A file system without hard links.
    return true;
  }
}
