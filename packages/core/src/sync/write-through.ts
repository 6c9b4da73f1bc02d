import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import { join } from "node:path";
import { LAYOUTS } from "../artifacts/layout.ts";
import { removeUnfinished } from "../artifacts/unfinished.ts";
import { isCacheLost } from "../cache/unusable.ts";
import { messageOf } from "../errors.ts";
import { takeLock } from "../manifest/store/lock.ts";
import { hasLeftovers, removeLeftovers } from "../manifest/store/replace-file.ts";
import type { WriteOutcome } from "../schema/sync.ts";
import { pending, updateBookkeeping } from "./bookkeeping.ts";
import { collectionPaths } from "./collection-paths.ts";
import { writeManifest } from "./write-manifest.ts";

/** How long a writer waits for another process's lock, in ms; then the collection is pending. */
const PATIENCE = 5_000;

export interface WriteThroughOptions {
  /** How long to wait for another process's lock, in ms. */
  readonly patience?: number;
}

/** How often a write is begun anew when others replace the file meanwhile. */
const TRIES = 5;

/** Brings manifests up to their caches: one writer at a time a collection. */
export interface WriteThrough {
  /**
   * Writes everything that is committed when it is called. One write covers all that wait for it.
   * @returns whether the manifest holds it; a failure is an outcome
   * @throws where the cache is lost, so that nothing can be said; see `isCacheLost`
   */
  cover(dir: string): Promise<WriteOutcome>;
  /**
   * Removes what crashed writers left beside the manifest, unless a writer is at work, and copies of
   * artifacts that were abandoned.
   */
  tidy(dir: string): Promise<void>;
  /** As `cover`, unless another process is writing just now: then it does nothing. */
  coverIfFree(dir: string): Promise<void>;
  /** Waits until no write is under way. */
  settle(): Promise<void>;
}

interface Queue {
  running: Promise<WriteOutcome>;
  next: Promise<WriteOutcome> | null;
}

/** Makes the write-through of one home in this process; other processes are kept out by locks. */
export function createWriteThrough(
  cache: Cache,
  { patience = PATIENCE }: WriteThroughOptions = {},
): WriteThrough {
  const queues = new Map<string, Queue>();

  function start(key: string, dir: string): Promise<WriteOutcome> {
    const running = writeOnce(cache, dir, patience);
    const queue: Queue = { running, next: null };
    queues.set(key, queue);
    const forget = () => {
      if (queues.get(key) === queue && queue.next === null) queues.delete(key);
    };
    // The caller gets the failure, too.
    running.then(forget).catch(forget);
    return running;
  }

  function cover(dir: string): Promise<WriteOutcome> {
    const key = dir.toLowerCase();
    const queue = queues.get(key);
    if (queue === undefined) return start(key, dir);
    // A write that is under way may have read the cache before; the next one covers what came since.
    queue.next ??= queue.running.catch(() => {}).then(() => start(key, dir));
    return queue.next;
  }

  return {
    cover,
    async coverIfFree(dir) {
      const lock = await takeLock(collectionPaths(cache.paths, dir).lock, 0);
      lock?.release();
      if (lock !== null) await cover(dir);
    },
    async tidy(dir) {
      const paths = collectionPaths(cache.paths, dir);
      for (const { folder } of Object.values(LAYOUTS)) removeUnfinished(join(paths.folder, folder));
      if (!(await hasLeftovers(paths.manifest))) return;
      const lock = await takeLock(paths.lock, 0);
      try {
        if (lock !== null) await removeLeftovers(paths.manifest);
      } finally {
        lock?.release();
      }
    },
    async settle() {
      while (queues.size > 0) {
        await Promise.allSettled([...queues.values()].map(({ running, next }) => next ?? running));
      }
    },
  };
}

async function writeOnce(cache: Cache, dir: string, patience: number): Promise<WriteOutcome> {
  try {
    await writeLocked(cache, dir, patience);
    return { saved: true, reason: null };
  } catch (error) {
    if (isCacheLost(error)) throw error;
    const reason = messageOf(error);
    await recordFailure(cache, dir, reason);
    return { saved: false, reason };
  }
}

async function writeLocked(cache: Cache, dir: string, patience: number): Promise<void> {
  const lock = await takeLock(collectionPaths(cache.paths, dir).lock, patience);
  if (lock === null) throw new Error("another process is writing collection.toml");
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (await writeManifest(cache, dir)) return;
    }
  } finally {
    lock.release();
  }
  throw new Error("another program keeps changing collection.toml");
}

/** Where even this fails, the outcome alone tells; the revisions still show what is unsaved. */
async function recordFailure(cache: Cache, dir: string, reason: string): Promise<void> {
  try {
    await cache.transaction(async (tx) => {
      const row = await requireCollection(tx, dir);
      await updateBookkeeping(tx, row.id, pending(row, reason, new Date()));
    });
  } catch {
    return;
  }
}
