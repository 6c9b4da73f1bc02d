import { readdirSync } from "node:fs";
import { join } from "node:path";
import { findCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import { systemCode } from "../errors.ts";
import { fingerprintOf, MISSING } from "../manifest/store/read-file.ts";
import { MANIFEST_NAME } from "../paths.ts";
import { isSafeSegment } from "../schema/collection.ts";
import { findLink } from "../settings/collection-paths.ts";
import type { CollectionLink } from "../settings/parse-settings.ts";

/**
 * Makes a cache row for each link, and for each folder with a manifest, that the cache does not know
 * yet. A linked collection is there also while its folder is away.
 * @param links those of the settings
 */
export async function discoverCollections(
  cache: Cache,
  links: readonly CollectionLink[],
): Promise<void> {
  const known = await cache.db.selectFrom("collections").select("dir_key").execute();
  const keys = new Set(known.map((row) => row.dir_key));
  const linked = links.map(({ name }) => name);
  for (const dir of [...linked, ...foldersOf(cache.paths.collections)]) {
    if (!keys.has(dir.toLowerCase())) await addCollection(cache, dir);
  }
}

/**
 * Makes the cache row of one link, or of one folder with a manifest, where there is such a one.
 * @param dir the directory name, ignoring case
 */
export async function discoverCollection(cache: Cache, dir: string): Promise<void> {
  const folders = foldersOf(cache.paths.collections);
  const found =
    linkOrNone(cache, dir, folders) ??
    folders.find((folder) => folder === dir) ??
    folders.find((folder) => folder.toLowerCase() === dir.toLowerCase());
  if (found !== undefined) await addCollection(cache, found);
}

/** What lies in the home is found also while the settings cannot be read. */
function linkOrNone(cache: Cache, dir: string, folders: readonly string[]): string | undefined {
  try {
    return findLink(cache.paths, dir)?.name;
  } catch (error) {
    if (folders.some((folder) => folder.toLowerCase() === dir.toLowerCase())) return undefined;
    throw error;
  }
}

/** The folders that hold a manifest of whatever kind, in order. */
function foldersOf(collections: string): string[] {
  try {
    return readdirSync(collections, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && isSafeSegment(entry.name))
      .map((entry) => entry.name)
      .filter((name) => hasManifest(join(collections, name)))
      .toSorted();
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** A folder that may not be looked into counts: its collection is there, and unreadable. */
function hasManifest(folder: string): boolean {
  return fingerprintOf(join(folder, MANIFEST_NAME)) !== MISSING;
}

async function addCollection(cache: Cache, dir: string): Promise<void> {
  await cache.transaction(async (tx) => {
    if ((await findCollection(tx, dir)) !== undefined) return;
    await tx
      .insertInto("collections")
      .values({
        dir,
        dir_key: dir.toLowerCase(),
        display_name: dir,
        version: "1.0.0",
        created: "",
      })
      .execute();
  });
}
