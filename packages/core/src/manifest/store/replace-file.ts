import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  futimesSync,
  lstatSync,
  openSync,
  unlinkSync,
  write,
  writeSync,
} from "node:fs";
import { link, readdir, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { systemCode } from "../../errors.ts";
import { holdOpen, type Displaced } from "./displaced.ts";
import { loadExchange, type Exchange } from "./exchange.ts";
import { fingerprintOf, MISSING, type Fingerprint } from "./read-file.ts";

const syncOf = promisify(fsync);
const writeTo = promisify(write);

/**
 * So much earlier than it is made a new file says that it was changed, in ms: more than the clock of any file system on a
 * local disk of Linux or macOS lags behind. What is saved into it in its first moment then has another time,
 * and is told from what was written here even where it is as long.
 */
const EARLIER = 20;

/** So many bytes are written by another thread. */
const MUCH = 64 * 1024;

/** Keeps what other programs save while a file is replaced. */
export interface Keeper {
  /** Keeps a file that another program saved; it is removed after that. */
  file(path: string): Promise<unknown>;
  /** Keeps a text whose file may be replaced by a program that never read it. */
  text(text: Buffer): Promise<unknown>;
  /** Gets a file, held open, that is at its path no more, and into which somebody may yet write; releases it. */
  late(file: Displaced): void;
}

/** How a file is replaced. */
export interface Replacement {
  readonly path: string;
  /** The new text, whole or in parts. */
  readonly text: string | readonly Uint8Array[];
  /** What lay there when that was made; anything else now, and nothing is replaced. */
  readonly expected: Fingerprint;
  /** Runs when the new text is on disk and before it is swapped in; what it throws stops the swap. */
  readonly beforeSwap: () => Promise<void>;
  readonly keeper: Keeper;
  /** By what the new text is swapped in; by default what this system has; null for a plain rename. */
  readonly exchange?: Exchange | null;
}

/**
 * Replaces a file durably: the whole new text in a temporary file beside it, fsynced, then swapped
 * in, then the folder fsynced. Mode and owner stay. At every moment, and after a crash
 * or a power loss at any moment, the path holds either the old text or the new one, whole.
 * @returns the new file's fingerprint, or null where another writer was first
 * @throws what the file system throws; the temporary file is then gone, and the old one intact, unless it
 *   was the folder's fsync that failed: then the new text is there, and may be gone after a power loss
 */
export async function replaceFile(replacement: Replacement): Promise<Fingerprint | null> {
  const { path, text, expected, beforeSwap, keeper } = replacement;
  const exchange = replacement.exchange === undefined ? await loadExchange() : replacement.exchange;
  const temporary = join(dirname(path), `${temporaryPrefix(path)}${randomUUID()}`);
  let old = expected === MISSING ? null : holdOpen(path, expected);
  let ours: Fingerprint = "";
  let isSwapping = false;
  try {
    await writeWhole(temporary, typeof text === "string" ? [Buffer.from(text)] : text, path);
    // Taken here, since another program's file may be at the path as soon as ours is.
    ours = fingerprintOf(temporary);
    await beforeSwap();
    if (fingerprintOf(path) !== expected) return null;
    isSwapping = true;
    const isIn =
      expected === MISSING
        ? await linkNew(temporary, path)
        : await swapIn(temporary, ours, replacement, exchange);
    isSwapping = false;
    if (!isIn) return null;
    if (old !== null) keeper.late(old);
    old = null;
    await syncFolder(dirname(path));
    return ours;
  } finally {
    // Where an exchange failed, what lies there may be another program's.
    if (!isSwapping || fingerprintOf(temporary) === ours) removeIfPossible(temporary);
    await old?.release();
  }
}

/** What crashed writers left beside a file, or one that is at work; nothing where its folder cannot be read. */
export async function leftoversOf(path: string): Promise<string[]> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.startsWith(temporaryPrefix(path)))
    .map((name) => join(folder, name));
}

/** What cannot be removed stays as a leftover: it is in nobody's way, and why it was made counts more. */
export function removeIfPossible(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It stays.
  }
}

/** Makes a folder's entries durable, where the system can do that to a folder. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await syncAt(folder, constants.O_RDONLY | constants.O_DIRECTORY);
}

/** Makes a file's bytes and its folder's entry durable. */
export async function syncFile(path: string): Promise<void> {
  await syncAt(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  await syncFolder(dirname(path));
}

// Only what moves many bytes, or waits for the disk, is left to another thread: to hand it over costs more
// than the other calls take.

async function syncAt(path: string, flags: number): Promise<void> {
  const file = openSync(path, flags);
  try {
    await syncOf(file);
  } finally {
    closeSync(file);
  }
}

function temporaryPrefix(path: string): string {
  return `.${basename(path)}.tmp-`;
}

async function writeWhole(
  temporary: string,
  content: readonly Uint8Array[],
  model: string,
): Promise<void> {
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
  const file = openSync(temporary, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o644);
  try {
    copyMode(file, model);
    let length = 0;
    for (const part of content) {
      await writePart(file, part);
      length += part.length;
    }
    makeEarlier(file);
    await syncOf(file);
    const { size } = fstatSync(file);
    if (size !== length) throw new Error(`only ${size} of ${length} bytes were written`);
  } finally {
    closeSync(file);
  }
}

function makeEarlier(file: number): void {
  const then = (Date.now() - EARLIER) / 1_000;
  try {
    futimesSync(file, then, then);
  } catch {
    // Not every file system lets a time be set; it tells a file's states apart as well as its clock does.
  }
}

async function writePart(file: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const isMuch = bytes.length - at >= MUCH;
    const written = isMuch
      ? (await writeTo(file, bytes, at)).bytesWritten
      : writeSync(file, bytes, at);
    if (written === 0) return;
    at += written;
  }
}

/** Mode and, where this process may, the owner of the file that is replaced. */
function copyMode(file: number, model: string): void {
  const stat = lstatSync(model, { throwIfNoEntry: false });
  if (stat === undefined) return;
  fchmodSync(file, stat.mode & 0o7777);
  const { uid, gid } = fstatSync(file);
  if (uid === stat.uid && gid === stat.gid) return;
  try {
    fchownSync(file, stat.uid, stat.gid);
  } catch (error) {
    if (systemCode(error) !== "EPERM") throw error;
  }
}

/**
 * Puts the new text in the place of the old one. A rename alone would take away what another program
 * saved since the last look, so the two change places: what was displaced is looked at, and put back
 * where it is not what was expected.
 * @param ours the fingerprint of the new text's file
 * @returns false where another program was first, whose text is at the path then
 */
async function swapIn(
  temporary: string,
  ours: Fingerprint,
  { path, expected, keeper }: Replacement,
  exchange: Exchange | null,
): Promise<boolean> {
  if (exchange === null || !exchangeOrMiss(exchange, temporary, path)) {
    if (fingerprintOf(path) !== expected) return false;
    await rename(temporary, path);
    return true;
  }
  if (fingerprintOf(temporary) === expected) return true;
  // Who reads the new text in this moment may save over the other's unread, which is at hand for that.
  const other = holdOpen(temporary);
  try {
    exchangeOrMiss(exchange, temporary, path);
  } finally {
    const taken = holdOpen(temporary, ours);
    // A third text here was saved within this moment; into the new one somebody may yet write.
    if (taken === null) await keeper.file(temporary);
    else keeper.late(taken);
    await keepText(other, keeper);
  }
  return false;
}

/** What cannot be kept here still stands at its path. */
async function keepText(file: Displaced | null, keeper: Keeper): Promise<void> {
  if (file === null) return;
  try {
    const text = file.text();
    if (text.length > 0) await keeper.text(text);
  } catch {
    // As said.
  } finally {
    await file.release();
  }
}

/** @returns false where the two cannot change places, be it that nothing lies at the path now */
function exchangeOrMiss(exchange: Exchange, temporary: string, path: string): boolean {
  try {
    return exchange(temporary, path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** Puts a file where none is, and never over one that appeared meanwhile. */
async function linkNew(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    removeIfPossible(temporary);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP") throw error;
    await rename(temporary, path); // A file system without hard links.
    return true;
  }
}
