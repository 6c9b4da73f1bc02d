import type { DisplacedFiles } from "../manifest/store/displaced.ts";
import type { Keeper } from "../manifest/store/replace-file.ts";
import type { CollectionPaths } from "../settings/collection-paths.ts";
import { backUpText, keepOther } from "./backups.ts";

/**
 * Puts what other programs save while a manifest is replaced among its collection's backups. It is held for a while,
 * and so made here: a closure of a write would hold all that this was made of.
 */
export function keeperOf(paths: CollectionPaths, displaced: DisplacedFiles): Keeper {
  const text = (saved: Buffer) => backUpText(paths, saved);
  return {
    file: (path) => keepOther(path, paths),
    text,
    late: (file) => displaced.watch(file, text),
  };
}
