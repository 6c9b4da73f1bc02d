import { CompiledQuery } from "kysely";
import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { fingerprintOf } from "../manifest/store/read-file.ts";
import type { Problem } from "../schema/sync.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { readBase } from "./base.ts";
import { fromJson } from "./bookkeeping.ts";
import { scanFolders } from "./scan-folders.ts";

const SAVEPOINT = CompiledQuery.raw("savepoint scan");
const ROLLBACK = CompiledQuery.raw("rollback to scan");

/**
 * Whether a refresh of a collection would find nothing new: its manifest is the one last seen, cache and
 * manifest are one, and a scan of the folders comes to what the cache has. It takes nothing over, and does
 * not read the manifest.
 */
export function isCaughtUp(cache: Cache, dir: string): Promise<boolean> {
  const { manifest, folder } = collectionPaths(cache.paths, dir);
  return cache.transaction(async (tx) => {
    const row = await requireCollection(tx, dir);
    if (!isOneWithFile(row) || fingerprintOf(manifest) !== row.seen_stat) return false;
    await tx.executeQuery(SAVEPOINT);
    const scan = await scanFolders(tx, row, folder, null, await readBase(tx, row.id));
    // What it found is taken over with the manifest's rows at hand, which tell where they stand.
    await tx.executeQuery(ROLLBACK);
    return scan.touched.length === 0 && areSame(scan.problems, fromJson(row.folder_problems));
  });
}

function isOneWithFile({ base_hash, seen_state, dirty_rev, written_rev }: CollectionRow): boolean {
  const hasBase = base_hash !== null && base_hash !== "";
  return hasBase && seen_state === "clean" && dirty_rev === written_rev;
}

/** Whether problems are the same but for where in the manifest they stand, which a scan alone cannot tell. */
function areSame(ours: readonly Problem[], theirs: readonly Problem[]): boolean {
  const texts = (problems: readonly Problem[]) =>
    problems.map(({ file, message }) => `${file} ${message}`).toSorted();
  return JSON.stringify(texts(ours)) === JSON.stringify(texts(theirs));
}
