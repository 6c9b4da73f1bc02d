import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  type BigIntStats,
} from "node:fs";
import { messageOf, systemCode } from "../../errors.ts";
import { MANIFEST_NAME } from "../../paths.ts";
import type { Problem } from "../../schema/sync.ts";
import { codeFrame } from "../code-frame.ts";
import { problemAt } from "../fields.ts";
import { hashOf } from "../pieces.ts";

/** Tells one state of a file from another without reading it: kind, size, mtime in ns, inode. */
export type Fingerprint = string;

/** What lies at a manifest's path. */
export type ManifestFile =
  | { readonly state: "missing"; readonly fingerprint: Fingerprint }
  /** Counts as missing: a writer may be at work. `age` is in ms. */
  | { readonly state: "empty"; readonly fingerprint: Fingerprint; readonly age: number }
  | { readonly state: "unreadable"; readonly fingerprint: Fingerprint; readonly problem: Problem }
  | {
      readonly state: "present";
      readonly fingerprint: Fingerprint;
      /** How long ago it was changed when it was read, in ms. */
      readonly age: number;
      readonly text: string;
      readonly hash: string;
    };

/** The fingerprint of a file that is not there. */
export const MISSING: Fingerprint = "missing";

/** A manifest larger than this is refused, in bytes. */
const MAX_BYTES = 64n * 1024n * 1024n;

/**
 * The fingerprint of whatever lies at a path; symlinks are not followed. What may not be looked at has
 * one, too, which is that of the unreadable file as which it is then read.
 */
export function fingerprintOf(path: string): Fingerprint {
  try {
    const stat = statOf(path);
    return stat === undefined ? MISSING : fingerprint(stat);
  } catch (error) {
    return failed(error);
  }
}

/** Reads a manifest's file; nothing but a regular file is ever opened for its content. */
export function readManifestFile(path: string): ManifestFile {
  try {
    const stat = statOf(path);
    if (stat === undefined) return { state: "missing", fingerprint: MISSING };
    if (!stat.isFile()) {
      return unreadable(fingerprint(stat), `it is ${kindOf(stat)} and not a regular file`);
    }
    return readRegular(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return { state: "missing", fingerprint: MISSING };
    return unreadable(failed(error), messageOf(error));
  }
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (systemCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

function readRegular(path: string): ManifestFile {
  // O_NOFOLLOW and O_NONBLOCK: between the look and the open it may have become a link or a FIFO.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const fd = openSync(path, flags);
  try {
    const stat = fstatSync(fd, { bigint: true });
    const seen = fingerprint(stat);
    if (!stat.isFile()) return unreadable(seen, `it is ${kindOf(stat)} and not a regular file`);
    if (stat.size > MAX_BYTES) return unreadable(seen, "it is larger than 64 MB");
    const bytes = readFileSync(fd);
    const age = Date.now() - Number(stat.mtimeMs);
    if (bytes.length === 0) return { state: "empty", fingerprint: seen, age };
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    if (!Buffer.from(text).equals(bytes)) {
      const offset = Math.max(text.indexOf("\uFFFD"), 0);
      const problem = problemAt(text, offset, "it is not valid UTF-8 from here on");
      const frame = codeFrame(text, problem);
      return { state: "unreadable", fingerprint: seen, problem: { ...problem, frame } };
    }
    return { state: "present", fingerprint: seen, age, text, hash: hashOf(text) };
  } finally {
    closeSync(fd);
  }
}

function failed(error: unknown): Fingerprint {
  return `error:${systemCode(error)}`;
}

/** The fingerprint of a file by what the system says of it. */
export function fingerprint(stat: BigIntStats): Fingerprint {
  const kind = stat.isFile() ? "" : `${kindOf(stat)}:`;
  return `${kind}${stat.size}:${stat.mtimeNs}:${stat.ino}`;
}

function kindOf(stat: BigIntStats): string {
  if (stat.isSymbolicLink()) return "a symbolic link";
  if (stat.isDirectory()) return "a folder";
  if (stat.isFIFO()) return "a FIFO";
  return "a device or socket";
}

function unreadable(seen: Fingerprint, message: string): ManifestFile {
  const problem = { file: MANIFEST_NAME, line: 0, column: 0, message };
  return { state: "unreadable", fingerprint: seen, problem };
}
