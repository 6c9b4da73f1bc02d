import { logAll } from "../cache/log-all.ts";
import { requireCollection } from "../cache/commit.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { isCacheLost } from "../cache/unusable.ts";
import { messageOf, SkillmeatError } from "../errors.ts";
import { hashOf } from "../manifest/pieces.ts";
import { readManifest, type Manifest } from "../manifest/read.ts";
import type { DisplacedFiles } from "../manifest/store/displaced.ts";
import { fingerprintOf, readManifestFile, type ManifestFile } from "../manifest/store/read-file.ts";
import { replaceFile } from "../manifest/store/replace-file.ts";
import type { BackupGetInput } from "../schema/backup.ts";
import type { WriteOutcome } from "../schema/sync.ts";
import { collectionPaths, type CollectionPaths } from "../settings/collection-paths.ts";
import { findBackup } from "./backup-files.ts";
import { backupId, backUp } from "./backups.ts";
import { keeperOf } from "./keeper.ts";
import { readBase, storeBase, storeIntent } from "./base.ts";
import { updateBookkeeping } from "./bookkeeping.ts";
import { readCacheRows } from "./cache-rows.ts";
import { diffRows, toRowChanges } from "./diff/diff-rows.ts";
import { GitAtWork, requireNoGit, waitForGit } from "./git-lock.ts";
import { mergeableCache } from "./merge/to-mergeable.ts";
import { baseOfFile } from "./one-sided.ts";
import { manifestOf, nameOf, type Synced } from "./sync-now.ts";
import { takeIn } from "./take-in.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { recordWritten, type WrittenDraft } from "./write-manifest.ts";
import { recordFailure } from "./record-failure.ts";

/** How often it is begun anew when others replace the file meanwhile. */
const TRIES = 5;

/**
 * Brings a manifest back as it was backed up, whole; the caller holds the lock. The present text is
 * backed up first, also where it cannot be read, then the cache takes the backup's rows as one change
 * that can be undone, and then the text is written. Where that fails the next write brings the rows into
 * the text that is there.
 * @throws SkillmeatError `not-found`, `invalid-input`, `manifest-unreadable` where the backup cannot be
 *   read, `refused` where no regular file is in its place
 */
export async function restoreBackup(
  cache: Cache,
  { collection, id: ref }: BackupGetInput,
  displaced: DisplacedFiles,
): Promise<Synced & WriteOutcome> {
  const row = await requireCollection(cache.db, collection);
  const paths = collectionPaths(cache.paths, row.dir);
  const { id, path } = findBackup(cache.paths, row.dir, ref);
  // Read once: what is backed up now may be one too many, and this the oldest.
  const manifest = manifestOf(row, readManifestFile(path), path);
  let synced: Synced | null = null;
  for (let tries = 0; tries < TRIES; tries += 1) {
    await waitForGit(paths.folder);
    const file = readManifestFile(paths.manifest);
    const backup = await keepPresent(paths, file, manifest.text);
    const restored = await cache.transaction((tx) =>
      commit(tx, paths, row.dir, manifest, file, id),
    );
    const before = file.state === "present" ? file.text : "";
    synced ??= { ...restored.synced, diff: unifiedDiff(before, manifest.text), backup };
    const reason = await write(cache, paths, file, restored.draft, displaced);
    if (reason !== "") return { ...synced, saved: reason === null, reason };
  }
  throw new SkillmeatError(
    "not-saved",
    "Another program keeps changing collection.toml",
    "skillmeat status",
  );
}

/** @returns null once it is written, "" where it is to be begun anew, else why it cannot be */
async function write(
  cache: Cache,
  paths: CollectionPaths,
  file: ManifestFile,
  draft: WrittenDraft,
  displaced: DisplacedFiles,
): Promise<string | null> {
  try {
    const fingerprint = await replaceFile({
      path: paths.manifest,
      text: draft.text,
      expected: file.fingerprint,
      beforeSwap: async () => requireNoGit(paths.folder),
      keeper: keeperOf(paths, displaced),
    });
    if (fingerprint === null) return "";
    await recordWritten(cache, draft, fingerprint);
    return null;
  } catch (error) {
    if (isCacheLost(error)) throw error;
    if (error instanceof GitAtWork) return "";
    const reason = messageOf(error);
    await recordFailure(cache, draft.row.dir, reason);
    return reason;
  }
}

/** Backs up what lies in the manifest's place. @returns the backup's id; null where none is needed */
async function keepPresent(
  paths: CollectionPaths,
  file: ManifestFile,
  text: string,
): Promise<string | null> {
  if (file.state === "missing" || file.state === "empty") return null;
  if (file.state === "present" && file.text === text) return null;
  if (!/^\d/.test(fingerprintOf(paths.manifest))) {
    throw new SkillmeatError(
      "refused",
      `${paths.manifest} is no regular file that could be replaced`,
      "Move it away first",
    );
  }
  const hash = file.state === "present" ? file.hash : hashOf(file.fingerprint);
  return backupId(await backUp(paths.manifest, paths, hash));
}

async function commit(
  tx: CacheTransaction,
  { folder }: CollectionPaths,
  dir: string,
  manifest: Manifest,
  file: ManifestFile,
  id: string,
): Promise<{ synced: Omit<Synced, "diff" | "backup">; draft: WrittenDraft }> {
  const row = await requireCollection(tx, dir);
  const before = await readCacheRows(tx, row.id);
  const { result: taken, change } = await logAll(
    tx,
    row.dir,
    "backups.restore",
    `Restored the backup ${id}`,
    async () => {
      const result = await takeIn(tx, row, folder, manifest, "pull");
      await updateBookkeeping(tx, row.id, nameOf(manifest, row));
      return result;
    },
  );
  await noteToWrite(tx, row, manifest, file, taken.base);
  const current = await requireCollection(tx, dir);
  const differences = diffRows(
    mergeableCache(before, () => null),
    mergeableCache(taken.rows, () => null),
  );
  return {
    synced: { name: row.dir, changes: toRowChanges(differences), conflicts: [], change },
    draft: {
      row: current,
      revision: current.dirty_rev,
      text: manifest.text,
      manifest,
      owned: taken.base,
    },
  };
}

/**
 * A crash before the swap leaves the present text to the next write: what is in it, and not in the
 * backup, was then taken away here. After the swap the backup's text is the intent's.
 */
async function noteToWrite(
  tx: CacheTransaction,
  row: CollectionRow,
  manifest: Manifest,
  file: ManifestFile,
  restored: WrittenDraft["owned"],
): Promise<void> {
  const rows = await readCacheRows(tx, row.id);
  const reading = file.state === "present" ? readManifest(file.text) : null;
  if (reading !== null && "manifest" in reading) {
    const base = await readBase(tx, row.id);
    await storeBase(tx, row.id, "", baseOfFile(reading.manifest, rows, base));
  }
  await storeIntent(tx, row.id, hashOf(manifest.text), restored);
  await updateBookkeeping(tx, row.id, {
    dirty_rev: Math.max(row.dirty_rev, row.written_rev) + 1,
  });
}
