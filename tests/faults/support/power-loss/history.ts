import { createDisk, type Disk } from "./disk.ts";
import type { Announcement } from "./announcement.ts";
import type { LeftFile } from "./losses.ts";
import { isReadable, ownedOf, sameOwned } from "./owned.ts";
import { createReplay } from "./replay.ts";
import type { Traced } from "./trace.ts";

/** A text that stood at a manifest's path as a whole; null where nothing stood there. */
export type Version = string | null;

/** How far the recorded run is, and what was promised by then. */
export interface Moment {
  readonly disk: Disk;
  /** The last call that was done. */
  readonly seq: number;
  /** Which version of each collection's manifest is live, and which is the oldest that may be found. */
  readonly live: ReadonlyMap<string, number>;
  readonly floor: ReadonlyMap<string, number>;
  /** Files that were acknowledged, with their bytes, and paths that were acknowledged as gone. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly gone: ReadonlySet<string>;
  /** Groups that were acknowledged and are in the cache alone. */
  readonly waiting: ReadonlySet<string>;
}

/** A version that an editor saved, and that the next one replaces in what is ours. */
export interface Displaced {
  readonly collection: string;
  readonly version: number;
}

/** What a recorded run wrote and said. */
export interface History {
  /** By collection, in order; the first is null. */
  readonly versions: Map<string, Version[]>;
  readonly displaced: Displaced[];
  /** What was wrong in the run itself, before any loss. */
  readonly wrong: string[];
  calls: number;
  replies: number;
  saved: number;
}

/** Calls that leave a file's bytes alone. */
const OF_ENTRIES: ReadonlySet<Traced["call"]> = new Set(["rename", "exchange", "link", "remove"]);
const MANIFEST = /^collections\/([^./][^/]*)\/collection\.toml$/;

/** Where a collection's manifest lies. */
export function manifestPath(collection: string): string {
  return `collections/${collection}/collection.toml`;
}

/** Makes the history of a run of which nothing is played yet. */
export function createHistory(): History {
  return { versions: new Map(), displaced: [], wrong: [], calls: 0, replies: 0, saved: 0 };
}

/**
 * Plays a recorded run on the model of a disk.
 * @param root the home that was recorded
 * @param history is filled
 * @returns each moment at which something is different from before
 */
export function* play(
  calls: readonly Traced[],
  root: string,
  history: History,
): Generator<Moment, void, undefined> {
  const { versions, displaced, wrong } = history;
  const disk = createDisk();
  const replay = createReplay(disk, root);
  const live = new Map<string, number>();
  const floor = new Map<string, number>();
  const files = new Map<string, Buffer>();
  const gone = new Set<string>();
  const waiting = new Set<string>();

  function noteVersions(seq: number): void {
    for (const collection of [...collectionsOf(disk), ...live.keys()]) {
      const path = manifestPath(collection);
      const text = disk.read(path)?.toString() ?? null;
      const known = versions.get(collection) ?? [null];
      versions.set(collection, known);
      const at = live.get(collection) ?? 0;
      if (known[at] !== text) {
        if (known.length === at + 1) known.push(text);
        live.set(collection, at + 1);
        if (text === "") wrong.push(`${path} was empty after call ${seq}`);
      }
    }
  }

  function hear(said: Announcement): void {
    const { collection } = said;
    const at = live.get(collection) ?? 0;
    if (said.kind === "cache") {
      const text = versions.get(collection)?.[floor.get(collection) ?? 0] ?? null;
      const problem = isReadable(text) ? sameOwned(ownedOf(text), said.owned) : "it is no TOML";
      if (problem !== null) {
        wrong.push(`The manifest was acknowledged and differs from the cache: ${problem}`);
      }
      return;
    }
    if (said.kind === "edit") {
      floor.set(collection, at);
      if (said.displaced) displaced.push({ collection, version: at });
      return;
    }
    history.replies += 1;
    if (!said.saved) {
      if (said.waiting !== null) waiting.add(said.waiting);
      return;
    }
    waiting.clear();
    history.saved += 1;
    floor.set(collection, at);
    for (const path of said.gone) {
      gone.add(path);
      files.delete(path);
    }
    for (const path of said.files) {
      const bytes = disk.read(path);
      if (bytes === null) wrong.push(`${path} was acknowledged and is not there`);
      else files.set(path, bytes);
    }
  }

  history.calls = 0;
  history.replies = 0;
  history.saved = 0;
  for (const call of inOrder(calls)) {
    if (isSaid(call)) {
      hear(announcementOf(call.bytes));
    } else {
      const changed = replay.step(call);
      if (changed.length === 0 && call.call !== "sync") continue;
      history.calls += 1;
      if (!OF_ENTRIES.has(call.call)) {
        const path = changed.find((name) => MANIFEST.test(name));
        if (path !== undefined) wrong.push(`${path} was written in place`);
      }
      if (changed.some((path) => path.startsWith("collections"))) noteVersions(call.end);
    }
    yield { disk, seq: call.end, live, floor, files, gone, waiting };
  }
}

type Said = Traced & { readonly call: "write"; readonly bytes: Buffer };

function isSaid(call: Traced): call is Said {
  return call.call === "write" && call.fd === "1";
}

/** What was said is said when the call begins; what was done is done when the call has ended. */
function inOrder(calls: readonly Traced[]): Traced[] {
  const at = (call: Traced) => (isSaid(call) ? call.start : call.end);
  return calls.toSorted((a, b) => at(a) - at(b));
}

function announcementOf(bytes: Buffer): Announcement {
  const announcement: Announcement = JSON.parse(bytes.toString());
  return announcement;
}

function collectionsOf(disk: Disk): string[] {
  const folder = disk.find("collections");
  if (folder?.kind !== "folder") return [];
  return [...folder.live.keys()].filter((name) => !name.startsWith("."));
}

/** Which version, up to the live one, a file is; null where it is none of them. */
export function versionOf(
  file: LeftFile | null | undefined,
  versions: readonly Version[],
  live: number,
): number | null {
  const text = file?.bytes().toString() ?? null;
  const at = versions.slice(0, live + 1).lastIndexOf(text);
  return at === -1 ? null : at;
}
