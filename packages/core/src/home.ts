import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { openCache, type Cache } from "./cache/open.ts";
import { messageOf, SkillmeatError } from "./errors.ts";
import { homePaths, type HomePaths } from "./paths.ts";
import { createManifestSyncService, type ManifestSyncService } from "./sync/service.ts";

/** An open home: its cache, and what keeps that and the manifests one. */
export interface Home {
  readonly root: string;
  readonly paths: HomePaths;
  readonly cache: Cache;
  readonly sync: ManifestSyncService;
  /** Waits for writes under way, then closes the cache. */
  close(): Promise<void>;
}

/**
 * Opens a home; a missing folder is made.
 * @param options.root the home's folder
 * @throws SkillmeatError `foreign-cache` where `cache.db` is another program's; `invalid-input` where
 * the home is no folder or cannot be made
 */
export async function openHome(options: { root: string }): Promise<Home> {
  const paths = homePaths(resolve(options.root));
  makeFolder(paths);
  const cache = await openCache(paths);
  const sync = createManifestSyncService(cache);
  return {
    root: paths.root,
    paths,
    cache,
    sync,
    async close() {
      await sync.settle();
      await cache.close();
    },
  };
}

function makeFolder({ root, collections }: HomePaths): void {
  try {
    // The token of a running server and the history of edits are its owner's alone.
    mkdirSync(root, { recursive: true, mode: 0o700 });
    mkdirSync(collections, { recursive: true });
  } catch (error) {
    throw new SkillmeatError(
      "invalid-input",
      `The home ${root} cannot be used: ${messageOf(error)}`,
      "Name a folder that you can write to with --home DIR or SKILLMEAT_HOME",
      { cause: error },
    );
  }
}
