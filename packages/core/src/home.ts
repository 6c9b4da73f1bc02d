import { resolve } from "node:path";
import type { Cache } from "./cache/open.ts";
import { makeFolder } from "./durable.ts";
import { messageOf, SkillmeatError } from "./errors.ts";
import { homePaths, type HomePaths } from "./paths.ts";
import { createHealing } from "./sync/healing.ts";
import type { ManifestSyncService } from "./sync/manifest-sync-service.ts";
import type { OnNotice } from "./sync/write-through.ts";

/** An open home: its cache, and what keeps that and the manifests one. */
export interface Home {
  readonly root: string;
  readonly paths: HomePaths;
  /** The cache in use now; another one once this one was deleted or broken. */
  readonly cache: Cache;
  readonly sync: ManifestSyncService;
  /** Reads from the cache in use, and anew where that turns out to be lost. */
  read<T>(work: (cache: Cache) => Promise<T>): Promise<T>;
  /** Replaces a cache that a call found lost, unless that was done meanwhile; see `isCacheLost`. */
  heal(lost: Cache): Promise<void>;
  /**
   * Throws where what was committed to a cache of a collection was lost when that was replaced.
   * @throws SkillmeatError `cache-unusable`
   */
  requireKept(cache: Cache, collection: string): void;
  /** Waits for writes under way, then closes the cache. */
  close(): Promise<void>;
}

export interface HomeOptions {
  /** The home's folder. */
  readonly root: string;
  /** Told of what a person should know that no call was the cause of; nobody by default. */
  readonly onNotice?: OnNotice | undefined;
}

/**
 * Opens a home; a missing folder is made.
 * @throws SkillmeatError `foreign-cache` where `cache.db` is another program's; `invalid-input` where
 * the home is no folder or cannot be made
 */
export async function openHome({ root, onNotice = () => {} }: HomeOptions): Promise<Home> {
  const paths = homePaths(resolve(root));
  makeFolders(paths);
  const healing = await createHealing(paths, onNotice);
  return {
    root: paths.root,
    paths,
    get cache() {
      return healing.cache;
    },
    sync: healing.sync,
    read: healing.read,
    heal: healing.heal,
    requireKept: healing.requireKept,
    close: healing.close,
  };
}

function makeFolders({ root, collections, cacheDir }: HomePaths): void {
  try {
    // The token of a running server and the history of edits are its owner's alone.
    makeFolder(root, { mode: 0o700 });
    makeFolder(collections);
    makeFolder(cacheDir);
  } catch (error) {
    throw new SkillmeatError(
      "invalid-input",
      `The home ${root} cannot be used: ${messageOf(error)}`,
      "Name a folder that you can write to with --home DIR or SKILLMEAT_HOME",
      { cause: error },
    );
  }
}
