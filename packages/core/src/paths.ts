import { join } from "node:path";

/** The name of the file that is a collection's durable home. */
export const MANIFEST_NAME = "collection.toml";

/** Where everything of a home lies. */
export interface HomePaths {
  readonly root: string;
  readonly collections: string;
  readonly cacheDir: string;
  readonly cacheFile: string;
  readonly locks: string;
  readonly backups: string;
  readonly trash: string;
  readonly serverFile: string;
  readonly browserKey: string;
  readonly settingsFile: string;
}

/** The paths of a home; nothing is looked at or created. */
export function homePaths(root: string): HomePaths {
  return {
    root,
    collections: join(root, "collections"),
    cacheDir: join(root, "cache"),
    cacheFile: join(root, "cache", "cache.db"),
    locks: join(root, "locks"),
    backups: join(root, "backups"),
    trash: join(root, "trash"),
    serverFile: join(root, "server.json"),
    browserKey: join(root, "browser-key"),
    settingsFile: join(root, "config.toml"),
  };
}

/** The lock under which a cache is made, or replaced where it is broken; no collection can bear its name. */
export function cacheLockFile(locks: string): string {
  return join(locks, ".cache.lock");
}

/** The lock under which `config.toml` is edited; no collection can bear its name. */
export function settingsLockFile(locks: string): string {
  return join(locks, ".config.lock");
}
