import { createHash } from "node:crypto";
import {
  applyChange,
  type DataChange,
  type Disk,
  type DiskNode,
  type EntryChange,
  type FileNode,
  type FolderNode,
} from "./disk.ts";
import type { Random } from "../random.ts";

/** A file that a power loss left. */
export interface LeftFile {
  /** Equal where what is left of a file is equal. */
  readonly mark: string;
  bytes(): Buffer;
}

/** What a power loss left of the disk. */
export interface Left {
  /** Equal where what is left is equal. */
  readonly mark: string;
  /** By path; a folder is null. */
  readonly paths: ReadonlyMap<string, LeftFile | null>;
}

/** Which of the pending changes reached the platter. */
export interface Loss {
  keepsEntry(change: EntryChange): boolean;
  /** How much of each pending change of a file; the changes of one file are asked for in one call. */
  keepsData(pending: readonly DataChange[]): Kept[];
}

/** All of a change, nothing, or of a write some sectors; `grows` where the size got there without the bytes. */
type Kept =
  | "all"
  | "nothing"
  | { readonly sector: number; readonly kept: readonly boolean[]; readonly grows: boolean };

const everyEntry = () => true;
const noEntry = () => false;
const allData = (pending: readonly DataChange[]) => pending.map((): Kept => "all");
const noData = (pending: readonly DataChange[]) => pending.map((): Kept => "nothing");

/** The losses that are told apart by name: a plain crash, and what keeps only half of the order. */
export const NAMED_LOSSES: readonly Loss[] = [
  { keepsEntry: everyEntry, keepsData: allData },
  { keepsEntry: noEntry, keepsData: noData },
  // Delayed allocation: the entries are there, and the bytes that they lead to are not.
  { keepsEntry: everyEntry, keepsData: noData },
  { keepsEntry: noEntry, keepsData: allData },
];

/**
 * A loss by chance. Entries reach the platter in the order of the calls, as with a journal, or in
 * any; writes in their order, or any, and may be torn.
 */
export function randomLoss(disk: Disk, now: number, random: Random): Loss {
  const journal = disk.settledSeq() + random.below(now - disk.settledSeq() + 1);
  const isOrdered = chance(random, 0.5);
  const keptOfEntries = random.oneOf([0.2, 0.5, 0.8]);
  const dataOrder = random.oneOf(["all", "nothing", "prefix", "any"]);
  const keptOfData = random.oneOf([0.2, 0.5, 0.9]);
  return {
    keepsEntry: ({ seq }) => (isOrdered ? seq <= journal : chance(random, keptOfEntries)),
    keepsData(pending) {
      if (dataOrder === "all") return allData(pending);
      if (dataOrder === "nothing") return noData(pending);
      if (dataOrder === "any") {
        return pending.map((change) =>
          chance(random, 0.3)
            ? tear(change, random)
            : chance(random, keptOfData)
              ? "all"
              : "nothing",
        );
      }
      const whole = random.below(pending.length + 1);
      return pending.map((change, at) =>
        at < whole ? "all" : at === whole ? tear(change, random) : "nothing",
      );
    },
  };
}

function chance(random: Random, probability: number): boolean {
  return random.below(1000) < probability * 1000;
}

function tear(change: DataChange, random: Random): Kept {
  if (change.kind === "truncate") return chance(random, 0.5) ? "all" : "nothing";
  const sector = random.oneOf([512, 4096]);
  const first = Math.floor(change.offset / sector);
  const last = Math.floor((change.offset + change.bytes.length - 1) / sector);
  const kept = Array.from({ length: last - first + 1 }, () => chance(random, 0.5));
  const grows = chance(random, 0.5);
  if (kept.every(Boolean)) return "all";
  return grows || kept.some(Boolean) ? { sector, kept, grows } : "nothing";
}

/** What a power loss at this moment leaves of a disk. */
export function lose(disk: Disk, loss: Loss): Left {
  const entries = new Map<EntryChange, boolean>();
  const files = new Map<number, LeftFile>();
  const paths = new Map<string, LeftFile | null>();
  const marks: string[] = [];

  function keepsEntry(change: EntryChange): boolean {
    // Once a change of two folders, as a rename is, reached one of them, it reached both.
    const kept = entries.get(change) ?? loss.keepsEntry(change);
    entries.set(change, kept);
    return kept;
  }

  function entriesOf(folder: FolderNode): Map<string, DiskNode | null> {
    const left = new Map<string, DiskNode | null>();
    for (const [name, { node }] of folder.stable) left.set(name, node);
    for (const change of folder.pending.filter(keepsEntry)) {
      for (const { folder: touched, name, node } of change.parts) {
        const stableSeq = folder.stable.get(name)?.seq ?? -1;
        if (touched === folder && stableSeq < change.seq) left.set(name, node);
      }
    }
    return left;
  }

  function fileOf(file: FileNode): LeftFile {
    const left = files.get(file.id) ?? leftOf(file, loss.keepsData(file.pending));
    files.set(file.id, left);
    return left;
  }

  function visit(folder: FolderNode, above: string): void {
    for (const [name, node] of entriesOf(folder)) {
      if (node === null) continue;
      const path = above + name;
      const left = node.kind === "file" ? fileOf(node) : null;
      paths.set(path, left);
      marks.push(`${path}=${left?.mark ?? ""}`);
      if (node.kind === "folder") visit(node, `${path}/`);
    }
  }

  visit(disk.root, "");
  const mark = createHash("sha1").update(marks.toSorted().join("\n")).digest("base64");
  return { mark, paths };
}

function leftOf(file: FileNode, kept: readonly Kept[]): LeftFile {
  const { id, stable, stableSeq, pending } = file;
  return {
    mark: `${id}:${markOf(stableSeq, pending, kept)}`,
    bytes: () =>
      pending.reduce((bytes, change, at) => keep(bytes, change, kept[at] ?? "nothing"), stable),
  };
}

/** Changes that are kept whole and without a gap count as one, whether an fsync covers them or not. */
function markOf(stableSeq: number, pending: readonly DataChange[], kept: readonly Kept[]): string {
  const gap = kept.findIndex((part) => part !== "all");
  const whole = pending[(gap === -1 ? pending.length : gap) - 1]?.seq ?? stableSeq;
  const parts = pending.map(({ seq }, at) => `${seq}${partMark(kept[at] ?? "nothing")}`);
  const rest = gap === -1 ? [] : parts.slice(gap).filter((part) => !part.endsWith("-"));
  return [whole, ...rest].join(",");
}

function partMark(kept: Kept): string {
  if (kept === "all") return "+";
  if (kept === "nothing") return "-";
  const some = kept.kept.map(Number).join("");
  return `/${kept.sector}:${some}:${Number(kept.grows)}`;
}

function keep(bytes: Buffer, change: DataChange, kept: Kept): Buffer {
  if (kept === "nothing") return bytes;
  if (kept === "all" || change.kind === "truncate") return applyChange(bytes, change);
  const { offset, bytes: written, seq } = change;
  const end = offset + written.length;
  const first = Math.floor(offset / kept.sector);
  let after = bytes;
  kept.kept.forEach((isKept, at) => {
    if (!isKept) return;
    const from = Math.max(offset, (first + at) * kept.sector);
    const to = Math.min(end, (first + at + 1) * kept.sector);
    const part = written.subarray(from - offset, to - offset);
    after = applyChange(after, { kind: "write", seq, offset: from, bytes: part });
  });
  if (!kept.grows || after.length >= end) return after;
  return applyChange(after, { kind: "truncate", seq, size: end });
}
