import { removeUnfinished } from "../artifacts/unfinished.ts";
import { findCollection, requireCollection } from "../cache/commit.ts";
import { renewEpoch, type Cache } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { SkillmeatError } from "../errors.ts";
import { fingerprintOf } from "../manifest/store/read-file.ts";
import { isCacheLost } from "../cache/unusable.ts";
import type {
  CollectionDiff,
  CollectionRefresh,
  CollectionStatus,
  CollectionSynced,
  SyncInput,
} from "../schema/sync.ts";
import { collectionPaths, readableLinks } from "../settings/collection-paths.ts";
import { readSettings } from "../settings/settings.ts";
import { backupsOf } from "./backup-files.ts";
import { isCaughtUp } from "./catch-up.ts";
import { diffCollection } from "./diff-collection.ts";
import { discoverCollection, discoverCollections } from "./discover.ts";
import { isGitAtWork, waitForGit } from "./git-lock.ts";
import { lookAt } from "./look.ts";
import type { ManifestSyncService } from "./manifest-sync-service.ts";
import { recoverCollectionMetadata } from "./recover.ts";
import { refuseLoss } from "./refuse-loss.ts";
import { restoreBackup } from "./restore-backup.ts";
import { collectionStatus } from "./status.ts";
import { syncNow, type SyncHow } from "./sync-now.ts";
import { createWriteThrough, type OnNotice } from "./write-through.ts";

/** Makes the sync service of one home in this process. */
export function createManifestSyncService(
  cache: Cache,
  onNotice: OnNotice = () => {},
): ManifestSyncService {
  const writeThrough = createWriteThrough(cache, { onNotice });
  const looks = new Map<string, Promise<boolean>>();
  const drained = new Set<string>();
  /** Of the last call of `retryDue`: the revisions that collections were written at. */
  let unwritten = new Map<string, number>();

  /** Callers that come while a look is under way share it. */
  async function lookOnce(dir: string): Promise<boolean> {
    const key = dir.toLowerCase();
    const look = looks.get(key) ?? lookAt(cache, dir).finally(() => looks.delete(key));
    looks.set(key, look);
    return look;
  }

  async function findOrDiscover(dir: string): Promise<CollectionRow> {
    const known = await findCollection(cache.db, dir);
    if (known !== undefined) return known;
    await discoverCollection(cache, dir);
    return requireCollection(cache.db, dir);
  }

  async function readyRow(row: CollectionRow): Promise<void> {
    const { folder, manifest } = collectionPaths(cache.paths, row.dir);
    // While git checks out, the file may be half there; what was read of it before stands.
    const waits = () => row.seen_stat !== null && isGitAtWork(folder);
    const isFirst = !drained.has(row.dir);
    drained.add(row.dir);
    if (isFirst) await writeThrough.tidy(row.dir);
    const isNews = fingerprintOf(manifest) !== row.seen_stat && !waits();
    const isMerged = isNews && (await lookOnce(row.dir));
    if (!isFirst && !isMerged) return;
    const now = await requireCollection(cache.db, row.dir);
    if (isUnsaved(now) && isDue(now)) await writeThrough.coverIfFree(row.dir);
  }

  async function rows(
    collection?: string,
    links = () => readSettings(cache.paths).links,
  ): Promise<CollectionRow[]> {
    if (collection !== undefined) return [await findOrDiscover(collection)];
    await discoverCollections(cache, links());
    return cache.db.selectFrom("collections").selectAll().orderBy("dir_key").execute();
  }

  async function readyAll(): Promise<void> {
    for (const row of await rows()) await readyRow(row);
  }

  async function recoverAll(): Promise<void> {
    for (const row of await rows(undefined, () => readableLinks(cache.paths))) await readyRow(row);
  }

  async function refresh(
    collection?: string,
    isNew = false,
  ): Promise<{ collections: CollectionRefresh[] }> {
    const collections: CollectionRefresh[] = [];
    removeUnfinished(cache.paths.collections);
    for (const { dir } of await rows(collection)) {
      await clear(dir);
      collections.push(await refreshOne(dir, isNew));
    }
    return { collections };
  }

  async function refreshOne(dir: string, isNew = false): Promise<CollectionRefresh> {
    const refreshed = await recoverCollectionMetadata(cache, dir, isNew);
    if (isUnsaved(await requireCollection(cache.db, dir))) await writeThrough.cover(dir);
    return refreshed;
  }

  /** Before the manifest is looked at, also by the first call of this process. */
  async function clear(dir: string): Promise<void> {
    drained.add(dir);
    await writeThrough.tidy(dir);
  }

  async function catchUp(): Promise<void> {
    removeUnfinished(cache.paths.collections);
    for (const { dir } of await rows()) {
      await clear(dir);
      if (!(await isCaughtUp(cache, dir))) await refreshOne(dir);
    }
  }

  async function syncAll(how: SyncHow, { collection, dryRun }: SyncInput) {
    const collections: CollectionSynced[] = [];
    const all = await rows(collection);
    for (const row of all) {
      const synced = syncOne(row, how, dryRun);
      collections.push(await (all.length > 1 ? orSkipped(row.dir, synced) : synced));
    }
    return { collections };
  }

  async function syncOne(
    row: CollectionRow,
    how: SyncHow,
    dryRun: boolean,
  ): Promise<CollectionSynced> {
    // A manifest that this cache never read must be read before anything replaces it.
    if (row.base_hash === null) await readyRow(row);
    await waitForGit(collectionPaths(cache.paths, row.dir).folder);
    const synced = await syncNow(cache, row.dir, how, dryRun);
    if (dryRun) return { ...synced, saved: false, reason: null };
    const [before] = backupsOf(cache.paths, row.dir);
    const outcome = await writeThrough.cover(row.dir);
    const [after] = backupsOf(cache.paths, row.dir);
    const displaced = after === undefined || after.id === before?.id ? null : after.id;
    return { ...synced, backup: synced.backup ?? displaced, ...outcome };
  }

  return {
    async ready(collection) {
      let row = await findCollection(cache.db, collection);
      if (row === undefined) {
        const any = await cache.db.selectFrom("collections").select("id").executeTakeFirst();
        if (any === undefined) await recoverAll();
        row = await findOrDiscover(collection);
      }
      await readyRow(row);
    },
    readyAll,
    recoverAll,
    syncCollection: writeThrough.cover,
    syncGroups: writeThrough.cover,
    syncTagDefinitions: writeThrough.cover,
    syncArtifacts: writeThrough.cover,
    async flush(collection) {
      const all = await rows(collection);
      for (const row of all) await readyRow(row);
      // Each may have to wait for another process's lock, so all wait together.
      const collections = await Promise.all(
        all.map(async ({ dir }) => {
          const isWritten = !isUnsaved(await requireCollection(cache.db, dir));
          const outcome = isWritten ? { saved: true, reason: null } : await writeThrough.cover(dir);
          return { name: dir, ...outcome };
        }),
      );
      return { collections };
    },
    async retryDue() {
      const before = unwritten;
      const unsaved = (await rows()).filter(isUnsaved);
      unwritten = new Map(unsaved.map((row) => [row.dir, row.written_rev]));
      for (const row of unsaved) {
        const isLeft = before.get(row.dir) === row.written_rev;
        if (row.pending_reason === null ? !isLeft : !isDue(row)) continue;
        // A folder that was away and is back is looked through only while its manifest is news.
        await readyRow(row);
        await writeThrough.cover(row.dir);
      }
    },
    refresh: (collection) => refresh(collection),
    readNew: (collection) => refresh(collection, true),
    catchUp,
    async diff(collection) {
      const collections: CollectionDiff[] = [];
      for (const row of await rows(collection)) {
        await readyRow(row);
        collections.push(await diffCollection(cache, row.dir));
      }
      return { collections };
    },
    pull: (input) => syncAll("pull", input),
    push: (input) => syncAll("push", input),
    merge: (input) => syncAll("merge", input),
    async restore(input) {
      const row = await findOrDiscover(input.collection);
      await readyRow(row);
      return writeThrough.exclusively(row.dir, (displaced) =>
        restoreBackup(cache, input, displaced),
      );
    },
    async status(collection) {
      const collections: CollectionStatus[] = [];
      for (const row of await rows(collection)) {
        await readyRow(row);
        collections.push(await collectionStatus(cache, await requireCollection(cache.db, row.dir)));
      }
      return { collections };
    },
    async reset({ force }) {
      await writeThrough.settle();
      if (!force) {
        await readyAll();
        await refuseLoss(cache, await rows());
      }
      await cache.transaction(async (tx) => {
        await tx.deleteFrom("collections").execute();
        // What was done to rows that are made anew cannot be undone.
        await tx.deleteFrom("changes").execute();
        await renewEpoch(tx);
      });
      return refresh(undefined, true);
    },
    settle: writeThrough.settle,
  };
}

/** Of more than one collection, one that cannot be read does not keep the others from their turn. */
async function orSkipped(
  name: string,
  synced: Promise<CollectionSynced>,
): Promise<CollectionSynced> {
  try {
    return await synced;
  } catch (error) {
    if (!(error instanceof SkillmeatError) || isCacheLost(error)) throw error;
    const nothing = { changes: [], diff: "", conflicts: [], backup: null, change: null };
    // A code frame is no part of a reason.
    const [reason = ""] = error.message.split("\n");
    return { name, ...nothing, saved: false, reason };
  }
}

function isUnsaved(row: CollectionRow): boolean {
  return row.dirty_rev > row.written_rev;
}

function isDue(row: CollectionRow): boolean {
  return row.next_try === null || Date.parse(row.next_try) <= Date.now();
}
