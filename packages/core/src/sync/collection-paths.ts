import { join } from "node:path";
import { MANIFEST_NAME, type HomePaths } from "../paths.ts";

/** Where one collection lies. */
export interface CollectionPaths {
  readonly folder: string;
  readonly manifest: string;
  readonly lock: string;
  readonly backups: string;
}

/** The paths of a collection by its directory name. */
export function collectionPaths(paths: HomePaths, dir: string): CollectionPaths {
  const folder = join(paths.collections, dir);
  return {
    folder,
    manifest: join(folder, MANIFEST_NAME),
    lock: join(paths.locks, `${dir.toLowerCase()}.lock`),
    backups: join(paths.backups, dir),
  };
}
