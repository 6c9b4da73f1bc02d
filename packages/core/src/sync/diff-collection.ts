import type { Cache } from "../cache/open.ts";
import { readManifest } from "../manifest/read.ts";
import type { CollectionDiff } from "../schema/sync.ts";
import { readBase } from "./base.ts";
import { fromJson } from "./bookkeeping.ts";
import { readCacheRows } from "./cache-rows.ts";
import { diffRows, toRowChanges } from "./diff/diff-rows.ts";
import { withFile } from "./look.ts";
import { artifactsOf, mergeableCache } from "./merge/to-mergeable.ts";
import { fileInTermsOfCache } from "./one-sided.ts";

/**
 * What a collection's manifest holds otherwise than the cache; nothing where it cannot be read, which
 * its problems tell.
 * @throws SkillmeatError `not-found`
 */
export function diffCollection(cache: Cache, dir: string): Promise<CollectionDiff> {
  return withFile(cache, dir, async (tx, row, file) => {
    const problems = [...fromJson(row.manifest_problems), ...fromJson(row.folder_problems)];
    const reading = file.state === "present" ? readManifest(file.text) : null;
    if (reading === null || "unreadable" in reading)
      return { name: row.dir, changes: [], problems };
    const base = await readBase(tx, row.id);
    const rows = await readCacheRows(tx, row.id);
    const inCache = mergeableCache(rows, artifactsOf(base, rows));
    const inFile = fileInTermsOfCache(reading.manifest, rows, base);
    return { name: row.dir, changes: toRowChanges(diffRows(inCache, inFile)), problems };
  });
}
