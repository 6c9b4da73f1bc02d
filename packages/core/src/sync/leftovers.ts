import { findCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import { readManifest } from "../manifest/read.ts";
import { readManifestFile } from "../manifest/store/read-file.ts";
import { leftoversOf, removeIfPossible } from "../manifest/store/replace-file.ts";
import { takeCollectionLock } from "../settings/collection-lock.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { backUp } from "./backups.ts";

/**
 * Removes what crashed writers left beside a manifest, unless one is at work. A whole text that is
 * neither the base, the intent nor the manifest's own is another program's, whose place a writer had just taken: it goes to
 * the backups. To be called before the manifest is looked at, since that may change the base.
 */
export async function removeLeftovers(cache: Cache, dir: string): Promise<void> {
  const paths = collectionPaths(cache.paths, dir);
  if ((await leftoversOf(paths.manifest)).length === 0) return;
  const lock = await takeCollectionLock(paths, 0);
  if (lock === null) return;
  try {
    const row = await findCollection(cache.db, dir);
    const now = readManifestFile(paths.manifest);
    const known = [row?.base_hash, row?.intent_hash, now.state === "present" ? now.hash : null];
    for (const leftover of await leftoversOf(paths.manifest)) {
      const file = readManifestFile(leftover);
      if (file.state === "present" && !known.includes(file.hash) && isWhole(file.text)) {
        await backUp(leftover, paths, file.hash);
      }
      removeIfPossible(leftover);
    }
  } finally {
    lock.release();
  }
}

function isWhole(text: string): boolean {
  return "manifest" in readManifest(text);
}
