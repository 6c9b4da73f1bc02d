import { existsSync } from "node:fs";
import { join } from "node:path";
import { SkillmeatError } from "../errors.ts";
import { MANIFEST_NAME, type HomePaths } from "../paths.ts";
import type { CollectionLink } from "./parse-settings.ts";
import { readSettings } from "./settings.ts";

/** Where one collection lies. */
export interface CollectionPaths {
  readonly folder: string;
  readonly manifest: string;
  /** In the home; taken by `takeCollectionLock`, which knows where that of a linked one lies. */
  readonly lock: string;
  readonly backups: string;
  /** How many displaced texts are kept there. */
  readonly backupsKept: number;
  /** Whether the folder stands outside the home. */
  readonly linked: boolean;
}

/**
 * The paths of a collection by its directory name: in the home, or where the settings link it.
 * @throws SkillmeatError `invalid-input` where the settings cannot be read and it is no folder of the
 *   home; `conflict` where they link a name that a collection in the home has
 */
export function collectionPaths(paths: HomePaths, dir: string): CollectionPaths {
  const linked = linkedFolder(paths, dir);
  const folder = linked ?? join(paths.collections, dir);
  return {
    folder,
    manifest: join(folder, MANIFEST_NAME),
    lock: join(paths.locks, `${dir.toLowerCase()}.lock`),
    backups: join(paths.backups, dir),
    get backupsKept() {
      return orElse(Number.POSITIVE_INFINITY, () => readSettings(paths).backupsKept);
    },
    linked: linked !== null,
  };
}

/** The link of a collection, ignoring case; undefined where there is none. */
export function findLink(paths: HomePaths, dir: string): CollectionLink | undefined {
  const key = dir.toLowerCase();
  return readSettings(paths).links.find(({ name }) => name.toLowerCase() === key);
}

/** The links, as far as the settings tell. */
export function readableLinks(paths: HomePaths): readonly CollectionLink[] {
  return orElse([], () => readSettings(paths).links);
}

/** What the settings say, or where they cannot be read, what takes nothing away. */
function orElse<T>(other: T, read: () => T): T {
  try {
    return read();
  } catch {
    return other;
  }
}

function linkedFolder(paths: HomePaths, dir: string): string | null {
  const link = linkOrHome(paths, dir);
  if (link === null) return null;
  // Of one name there is one row in the cache: what one folder holds would be written into the other.
  if (existsSync(join(paths.collections, dir, MANIFEST_NAME))) throw twoFolders(paths, link);
  return link.path;
}

function linkOrHome(paths: HomePaths, dir: string): CollectionLink | null {
  try {
    return findLink(paths, dir) ?? null;
  } catch (error) {
    // What lies in the home goes on while a person mends the settings.
    if (existsSync(join(paths.collections, dir))) return null;
    throw error;
  }
}

function twoFolders({ collections, settingsFile }: HomePaths, { name }: CollectionLink) {
  return new SkillmeatError(
    "conflict",
    `There are two collections ${JSON.stringify(name)}: one in ${collections}, and one that config.toml links`,
    `Give the link another name in ${settingsFile}, or move the folder away`,
  );
}
