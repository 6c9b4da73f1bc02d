import { asidesToTakeOver, brokenCacheFile, noteTakenOver } from "../cache/asides.ts";
import { cacheFiles } from "../cache/files.ts";
import { openCache, reopenCache } from "../cache/heal.ts";
import { openAsItIs, type Cache } from "../cache/open.ts";
import { isCacheLost } from "../cache/unusable.ts";
import { messageOf, SkillmeatError } from "../errors.ts";
import type { HomePaths } from "../paths.ts";
import { replayUnwritten } from "./merge/replay.ts";
import type { ManifestSyncService } from "./manifest-sync-service.ts";
import { createManifestSyncService } from "./service.ts";
import type { OnNotice } from "./write-through.ts";

/** How often a call is begun anew on a cache that was made in place of the one that failed it. */
const TRIES = 4;

/** The cache of a home, through its replacements. */
export interface Healing {
  /** The one in use now. A call takes it once and stays with it. */
  readonly cache: Cache;
  /** The sync service of whichever cache is in use; a call that a broken one fails is begun anew. */
  readonly sync: ManifestSyncService;
  /** Reads from the cache in use, and anew where that turns out to be lost. */
  read<T>(work: (cache: Cache) => Promise<T>): Promise<T>;
  /**
   * Replaces a cache that a call found lost (see `isCacheLost`), unless that was done meanwhile. The new
   * one is recovered from the manifests, and gets what the old one held unwritten.
   */
  heal(lost: Cache): Promise<void>;
  /**
   * Throws where a mutation of a collection that was committed to this cache may not be in the one in
   * use, since it could not be read any more when that replaced it.
   * @throws SkillmeatError `cache-unusable`
   */
  requireKept(cache: Cache, collection: string): void;
  /** Waits for writes under way, then closes the cache. */
  close(): Promise<void>;
}

interface Engine {
  readonly cache: Cache;
  readonly sync: ManifestSyncService;
}

/**
 * Opens the cache of a home, and keeps it alive: it may be deleted at any moment.
 * @throws SkillmeatError `foreign-cache`, `cache-unusable` as `openCache`
 */
export async function createHealing(paths: HomePaths, onNotice: OnNotice): Promise<Healing> {
  let engine = engineOf(await openRecovered(paths, onNotice), onNotice);
  let healing: Promise<void> | null = null;
  let isClosed = false;
  /** Closed when the next one retires: calls that began on it may still read it. */
  let retired: Engine | null = null;
  let ending: Promise<unknown> = Promise.resolve();
  const losses = new WeakMap<Cache, Loss>();
  const successors = new WeakMap<Cache, Cache>();

  async function replace(): Promise<void> {
    const { cache: old } = engine;
    const { cache, aside } = await reopenCache(old);
    const next = engineOf(cache, onNotice);
    try {
      if (cache.epoch !== old.epoch) {
        await next.sync.recoverAll();
        const loss = await replay(old, cache);
        losses.set(old, loss);
        if (aside !== null && isOf(aside, old)) noteTakenOver(aside, loss.unread);
        onNotice(healedText(old, aside, loss));
      }
    } catch (error) {
      await cache.close();
      throw error;
    }
    const before = retired;
    retired = engine;
    engine = next;
    successors.set(old, cache);
    // Its writes may still wait for a lock; nobody needs to wait with them.
    if (before !== null) ending = Promise.all([ending, end(before)]).catch(() => {});
  }

  async function heal(lost: Cache): Promise<void> {
    if (isClosed || (engine.cache !== lost && healing === null)) return;
    healing ??= replace().finally(() => (healing = null));
    await healing;
  }

  const run = <T>(work: (sync: ManifestSyncService) => Promise<T>): Promise<T> =>
    onCurrent((current) => work(current.sync));

  async function onCurrent<T>(work: (current: Engine) => Promise<T>): Promise<T> {
    let lost: Cache | null = null;
    for (let tries = 1; ; tries += 1) {
      try {
        if (!engine.cache.isCurrent()) lost = engine.cache;
        if (lost !== null) await heal(lost);
        lost = engine.cache;
        return await work(engine);
      } catch (error) {
        if (tries === TRIES || !isCacheLost(error)) throw error;
      }
    }
  }

  return {
    get cache() {
      return engine.cache;
    },
    sync: {
      ready: (collection) => run((sync) => sync.ready(collection)),
      readyAll: () => run((sync) => sync.readyAll()),
      recoverAll: () => run((sync) => sync.recoverAll()),
      syncCollection: (collection) => run((sync) => sync.syncCollection(collection)),
      syncGroups: (collection) => run((sync) => sync.syncGroups(collection)),
      syncTagDefinitions: (collection) => run((sync) => sync.syncTagDefinitions(collection)),
      syncArtifacts: (collection) => run((sync) => sync.syncArtifacts(collection)),
      flush: (collection) => run((sync) => sync.flush(collection)),
      retryDue: () => run((sync) => sync.retryDue()),
      refresh: (collection) => run((sync) => sync.refresh(collection)),
      readNew: (collection) => run((sync) => sync.readNew(collection)),
      catchUp: () => run((sync) => sync.catchUp()),
      diff: (collection) => run((sync) => sync.diff(collection)),
      pull: (input) => run((sync) => sync.pull(input)),
      push: (input) => run((sync) => sync.push(input)),
      merge: (input) => run((sync) => sync.merge(input)),
      restore: (input) => run((sync) => sync.restore(input)),
      status: (collection) => run((sync) => sync.status(collection)),
      reset: (options) => run((sync) => sync.reset(options)),
      settle: () => engine.sync.settle(),
    },
    read: (work) => onCurrent(({ cache }) => work(cache)),
    heal,
    requireKept(cache, collection) {
      let heir: Cache | undefined = cache;
      while (heir !== undefined && !isLost(losses.get(heir), collection))
        heir = successors.get(heir);
      if (heir === undefined) return;
      throw new SkillmeatError(
        "cache-unusable",
        "The cache broke before it was known that the change is in the manifest, and it may be lost",
        "Look whether it is there, and do it again if not",
      );
    },
    async close() {
      try {
        // What is unwritten would go with a cache that was deleted.
        if (!engine.cache.isCurrent()) await heal(engine.cache);
      } finally {
        isClosed = true;
        await end(engine);
        if (retired !== null) await end(retired);
        await ending;
      }
    },
  };
}

async function end({ cache, sync }: Engine): Promise<void> {
  await sync.settle();
  await cache.close();
}

/** What could not be taken over from a cache. */
interface Loss {
  /** Why it could not be read; null where it could. */
  readonly unread: string | null;
  /** The collections whose folders are gone, so that nothing takes what they had unwritten. */
  readonly homeless: readonly string[];
}

function isLost(loss: Loss | undefined, collection: string): boolean {
  if (loss === undefined) return false;
  const isHomeless = loss.homeless.some((dir) => dir.toLowerCase() === collection.toLowerCase());
  return loss.unread !== null || isHomeless;
}

function engineOf(cache: Cache, onNotice: OnNotice): Engine {
  return { cache, sync: createManifestSyncService(cache, onNotice) };
}

/**
 * Opens the cache. What broken ones held unwritten is taken over, as far as it can be read: of one that
 * is found broken now, and of one whose healing was killed.
 */
async function openRecovered(paths: HomePaths, onNotice: OnNotice): Promise<Cache> {
  const { cache } = await openCache(paths);
  const asides = asidesToTakeOver(paths);
  if (asides.length === 0) return cache;
  try {
    await createManifestSyncService(cache).recoverAll();
    for (const aside of asides) {
      const loss = await replayAside(paths, aside, cache);
      onNotice(healedText(cache, aside, loss));
      noteTakenOver(aside, loss.unread);
    }
    return cache;
  } catch (error) {
    await cache.close();
    throw error;
  }
}

async function replayAside(paths: HomePaths, aside: string, into: Cache): Promise<Loss> {
  try {
    const cacheFile = brokenCacheFile(aside);
    const broken = await openAsItIs({ ...paths, cacheDir: aside, cacheFile });
    try {
      return await replay(broken, into);
    } finally {
      await broken.close();
    }
  } catch (error) {
    return { unread: messageOf(error), homeless: [] };
  }
}

/** Whether a folder holds the database that a cache has open. */
function isOf(aside: string, cache: Cache): boolean {
  return cacheFiles({ ...cache.paths, cacheFile: brokenCacheFile(aside) }).db?.id === cache.fileId;
}

async function replay(old: Cache, into: Cache): Promise<Loss> {
  // It is not the current one any more, and is only to give what it holds.
  const transaction: Cache["transaction"] = (work) => old.db.transaction().execute(work);
  try {
    return { unread: null, homeless: await replayUnwritten({ ...old, transaction }, into) };
  } catch (error) {
    if (!into.isCurrent()) throw error;
    return { unread: messageOf(error), homeless: [] };
  }
}

function healedText(old: Cache, aside: string | null, { unread, homeless }: Loss): string {
  const what =
    aside === null
      ? `The cache ${old.paths.cacheFile} was deleted or replaced while it was in use`
      : `The cache ${old.paths.cacheFile} was broken and lies in ${aside} now`;
  const losses = [
    ...(unread === null
      ? []
      : [`what was not in a manifest yet could not be read from it (${unread})`]),
    ...homeless.map((dir) => `what was not in a manifest yet of ${dir} has no folder to go to`),
  ];
  const rest = losses.length === 0 ? "nothing is lost" : losses.join("; ");
  return `${what}; it was recovered from the manifests, and ${rest}`;
}
