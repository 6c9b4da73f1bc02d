import { logAll } from "../cache/log-all.ts";
import { requireCollection } from "../cache/commit.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { SkillmeatError } from "../errors.ts";
import { readManifest, type Manifest } from "../manifest/read.ts";
import { spliceManifest } from "../manifest/splice.ts";
import { hashOf } from "../manifest/pieces.ts";
import type { ManifestFile } from "../manifest/store/read-file.ts";
import type { CollectionSynced, WriteOutcome } from "../schema/sync.ts";
import { collectionPaths, type CollectionPaths } from "../settings/collection-paths.ts";
import { backupId, backUpText } from "./backups.ts";
import { readBase, storeBase } from "./base.ts";
import { described, problemText, updateBookkeeping } from "./bookkeeping.ts";
import { readCacheRows, type CacheRows } from "./cache-rows.ts";
import { planManifest } from "./desired.ts";
import { diffRows, toRowChanges } from "./diff/diff-rows.ts";
import { isSharedByGit } from "./git-lock.ts";
import { withFile } from "./look.ts";
import { recordLosses } from "./losses.ts";
import { mergeableCache } from "./merge/to-mergeable.ts";
import { baseOfFile } from "./one-sided.ts";
import { NO_ROWS, type OwnedRows } from "./owned-rows.ts";
import { takeIn } from "./take-in.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { freshText, readBack } from "./write-manifest.ts";

/** What can be done on demand where cache and manifest differ. */
export type SyncHow = "pull" | "push" | "merge";

/** What was done, before it is written. */
export type Synced = Omit<CollectionSynced, keyof WriteOutcome>;

const SUMMARIES: Record<SyncHow, string> = {
  pull: "Replaced the groups and tags by those of collection.toml",
  push: "Replaced the groups and tags of collection.toml",
  merge: "Merged with collection.toml",
};

/** Carries what a trial came to out of its transaction, which is rolled back. */
class TrialOver extends Error {
  readonly synced: Synced;

  constructor(synced: Synced) {
    super("the trial is over");
    this.synced = synced;
  }
}

/**
 * Brings cache and manifest together in the cache, so that the next write makes the manifest equal it:
 * `pull` takes all from the manifest, `push` nothing, `merge` what the merge with the base comes to.
 * @param isTrial says what would be done, and leaves everything as it is
 * @throws SkillmeatError `not-found`, `manifest-unreadable`, `manifest-missing`
 */
export async function syncNow(
  cache: Cache,
  dir: string,
  how: SyncHow,
  isTrial: boolean,
): Promise<Synced> {
  try {
    return await withFile(cache, dir, async (tx, row, file) => {
      const synced = await syncInside(tx, cache, row, file, how, isTrial);
      if (isTrial) throw new TrialOver(synced);
      return synced;
    });
  } catch (error) {
    if (error instanceof TrialOver) return error.synced;
    throw error;
  }
}

async function syncInside(
  tx: CacheTransaction,
  cache: Cache,
  row: CollectionRow,
  file: ManifestFile,
  how: SyncHow,
  isTrial: boolean,
): Promise<Synced> {
  const paths = collectionPaths(cache.paths, row.dir);
  const isNone = file.state === "missing" || file.state === "empty";
  if (how === "push" && isNone) return pushAnew(tx, paths, row);
  const manifest = manifestOf(row, file, paths.manifest);
  const before = await readCacheRows(tx, row.id);
  const rendered = render(
    paths,
    manifest,
    before,
    baseOfFile(manifest, before, await readBase(tx, row.id)),
  );
  const isBackedUp = how === "pull" && !isTrial && rendered !== manifest.text;
  const backup = isBackedUp ? backupId(await backUpText(paths, Buffer.from(rendered))) : null;

  const { result: taken, change } = await logAll(
    tx,
    row.dir,
    `sync.${how}`,
    SUMMARIES[how],
    async () => {
      const result = await takeIn(tx, row, paths.folder, manifest, how);
      if (how === "pull") await updateBookkeeping(tx, row.id, nameOf(manifest, row));
      return result;
    },
  );
  const current = await requireCollection(tx, row.dir);
  await updateBookkeeping(tx, row.id, {
    ...described(manifest, current),
    ...(taken.differs ? dirtied(current) : {}),
  });
  await storeBase(tx, row.id, taken.differs ? "" : hashOf(manifest.text), taken.base);
  await recordLosses(tx, row.id, "cache", taken.conflicts, null);
  const rows = await readCacheRows(tx, row.id);
  const differences = diffRows(
    mergeableCache(before, () => null),
    mergeableCache(rows, () => null),
  );
  return {
    name: row.dir,
    changes: toRowChanges(differences),
    diff: unifiedDiff(manifest.text, render(paths, manifest, rows, taken.base)),
    conflicts: [...taken.conflicts],
    backup,
    change,
  };
}

/** The display name as a manifest has it, whatever was given here. */
export function nameOf(manifest: Manifest, row: CollectionRow): { given_name: null } {
  const { display_name: name } = described(manifest, { ...row, given_name: null });
  return { given_name: null, ...(name === undefined ? {} : { display_name: name }) };
}

/** A manifest that is missing is made anew. */
async function pushAnew(
  tx: CacheTransaction,
  paths: CollectionPaths,
  row: CollectionRow,
): Promise<Synced> {
  const rows = await readCacheRows(tx, row.id);
  const text = render(paths, readBack(freshText(row)), rows, NO_ROWS);
  await updateBookkeeping(tx, row.id, dirtied(row));
  const diff = unifiedDiff("", text);
  return { name: row.dir, changes: [], diff, conflicts: [], backup: null, change: null };
}

/** Something is to be written, also where a crash comes before it is. */
function dirtied({ dirty_rev, written_rev }: CollectionRow) {
  return { dirty_rev: Math.max(dirty_rev, written_rev + 1) };
}

function render(
  paths: CollectionPaths,
  manifest: Manifest,
  rows: CacheRows,
  base: OwnedRows,
): string {
  const { desired } = planManifest(manifest, rows, base);
  return spliceManifest(manifest, desired, new Date(), !isSharedByGit(paths));
}

/** The manifest that is there. */
export function manifestOf({ dir }: CollectionRow, file: ManifestFile, path: string): Manifest {
  if (file.state === "missing" || file.state === "empty") {
    throw new SkillmeatError(
      "manifest-missing",
      `The manifest ${path} is ${file.state}`,
      `skillmeat sync flush --collection ${dir}`,
    );
  }
  const reading = file.state === "present" ? readManifest(file.text) : { unreadable: file.problem };
  if ("manifest" in reading) return reading.manifest;
  const { frame } = reading.unreadable;
  throw new SkillmeatError(
    "manifest-unreadable",
    [`${dir}/${problemText(reading.unreadable)}`, ...(frame === undefined ? [] : [frame])].join(
      "\n",
    ),
    `Mend ${path}, or bring back an older text: skillmeat backup list --collection ${dir}`,
  );
}
