import type { Cache } from "../cache/open.ts";
import { join } from "node:path";
import { LAYOUTS } from "../artifacts/layout.ts";
import { removeUnfinished } from "../artifacts/unfinished.ts";
import { isCacheLost } from "../cache/unusable.ts";
import { messageOf, SkillmeatError } from "../errors.ts";
import { createDisplacedFiles, type DisplacedFiles } from "../manifest/store/displaced.ts";
import { createLocks, type Locks } from "../manifest/store/lock.ts";
import type { WriteOutcome } from "../schema/sync.ts";
import { takeCollectionLock } from "../settings/collection-lock.ts";
import { collectionPaths, type CollectionPaths } from "../settings/collection-paths.ts";
import { GitAtWork, waitForGit } from "./git-lock.ts";
import { removeLeftovers } from "./leftovers.ts";
import { recordFailure } from "./record-failure.ts";
import type { WriterMemory } from "./write-changes.ts";
import { writeManifest } from "./write-manifest.ts";
import { createWrittenTexts } from "./written-text.ts";

/** How long a writer waits for another process's lock, in ms; then the collection is pending. */
const PATIENCE = 5_000;

export interface WriteThroughOptions {
  /** How long to wait for another process's lock, in ms. */
  readonly patience?: number;
  /** Told of what a person should know that no call was the cause of; nobody by default. */
  readonly onNotice?: OnNotice;
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
   * Removes what crashed writers left beside the manifest, and copies of artifacts that were abandoned; to
   * be called before the manifest is looked at.
   */
  tidy(dir: string): Promise<void>;
  /** As `cover`, unless another process is writing just now: then it does nothing. */
  coverIfFree(dir: string): Promise<void>;
  /**
   * Runs what writes by itself while no other writer is at work.
   * @throws SkillmeatError `not-saved` where another process is writing for too long
   */
  exclusively<T>(dir: string, work: (displaced: DisplacedFiles) => Promise<T>): Promise<T>;
  /**
   * Waits until no write is under way, looks for the last time at the texts that were replaced, and closes what
   * was kept open.
   */
  settle(): Promise<void>;
}

/** Told of what a person should know that no call was the cause of. */
export type OnNotice = (text: string) => void;

interface Queue {
  running: Promise<WriteOutcome>;
  next: Promise<WriteOutcome> | null;
}

/** Makes the write-through of one home in this process; other processes are kept out by locks. */
export function createWriteThrough(
  cache: Cache,
  { patience = PATIENCE, onNotice = () => {} }: WriteThroughOptions = {},
): WriteThrough {
  const queues = new Map<string, Queue>();
  const displaced = createDisplacedFiles(onNotice);
  const texts = createWrittenTexts();
  const locks = createLocks();

  function start(key: string, dir: string): Promise<WriteOutcome> {
    const running = writeOnce(cache, dir, patience, { displaced, texts, locks });
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
      const lock = await takeCollectionLock(collectionPaths(cache.paths, dir), 0);
      lock?.release();
      if (lock !== null) await cover(dir);
    },
    async exclusively(dir, work) {
      const lock = await takeCollectionLock(collectionPaths(cache.paths, dir), patience);
      if (lock === null) {
        const reason = "Another process is writing collection.toml";
        throw new SkillmeatError("not-saved", reason, "skillmeat status");
      }
      try {
        return await work(displaced);
      } finally {
        lock.release();
      }
    },
    async tidy(dir) {
      const paths = collectionPaths(cache.paths, dir);
      for (const { folder } of Object.values(LAYOUTS)) removeUnfinished(join(paths.folder, folder));
      await removeLeftovers(cache, dir);
    },
    async settle() {
      while (queues.size > 0) {
        await Promise.allSettled([...queues.values()].map(({ running, next }) => next ?? running));
      }
      await displaced.end();
      locks.close();
    },
  };
}

interface Memory extends WriterMemory {
  readonly locks: Locks;
}

async function writeOnce(
  cache: Cache,
  dir: string,
  patience: number,
  memory: Memory,
): Promise<WriteOutcome> {
  try {
    await writeLocked(cache, dir, patience, memory);
    return { saved: true, reason: null };
  } catch (error) {
    if (isCacheLost(error)) throw error;
    const reason = messageOf(error);
    await recordFailure(cache, dir, reason);
    return { saved: false, reason };
  }
}

async function writeLocked(
  cache: Cache,
  dir: string,
  patience: number,
  memory: Memory,
): Promise<void> {
  const paths = collectionPaths(cache.paths, dir);
  const lock = await takeCollectionLock(paths, patience, memory.locks.take);
  if (lock === null) throw new Error("another process is writing collection.toml");
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      await waitForGit(paths.folder);
      if (await writeUnlessGit(cache, paths, dir, memory)) return;
    }
  } finally {
    lock.release();
  }
  throw new Error("another program keeps changing collection.toml");
}

/** What git checks out meanwhile is looked at when it is done, so that the write is begun anew. */
async function writeUnlessGit(
  cache: Cache,
  paths: CollectionPaths,
  dir: string,
  memory: WriterMemory,
): Promise<boolean> {
  try {
    return await writeManifest(cache, paths, dir, memory);
  } catch (error) {
    if (error instanceof GitAtWork) return false;
    throw error;
  }
}
