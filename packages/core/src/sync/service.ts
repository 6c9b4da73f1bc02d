import { removeUnfinished } from "../artifacts/unfinished.ts";
import { findCollection, requireCollection } from "../cache/commit.ts";
import { renewEpoch, type Cache } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { SkillmeatError } from "../errors.ts";
import { fingerprintOf } from "../manifest/store/read-file.ts";
import type { CollectionRefresh, CollectionStatus, WriteOutcome } from "../schema/sync.ts";
import { collectionPaths } from "./collection-paths.ts";
import { discoverCollection, discoverCollections } from "./discover.ts";
import { lookAt } from "./look.ts";
import { recoverCollectionMetadata } from "./recover.ts";
import { collectionStatus } from "./status.ts";
import { createWriteThrough } from "./write-through.ts";

/** Keeps manifests and cache one. Collections are named by directory, ignoring case. */
export interface ManifestSyncService {
  /**
   * Makes a collection ready for queries and mutations: finds its folder, reads its manifest where
   * that is not the one last seen, and writes what an earlier process left unwritten.
   * @throws SkillmeatError `not-found`
   */
  ready(collection: string): Promise<void>;
  /** Makes every collection ready. */
  readyAll(): Promise<void>;
  /** Writes all that is unwritten of a collection through to its manifest. */
  syncCollection(collection: string): Promise<WriteOutcome>;
  /** Writes the groups of a collection through to its manifest; all owned sections go together. */
  syncGroups(collection: string): Promise<WriteOutcome>;
  /** Writes the tag definitions of a collection through to its manifest. */
  syncTagDefinitions(collection: string): Promise<WriteOutcome>;
  /** Writes the rows and tags of a collection's artifacts through to its manifest. */
  syncArtifacts(collection: string): Promise<WriteOutcome>;
  /** Writes what is unwritten, of one collection or of all. */
  flush(collection?: string): Promise<{ collections: ({ name: string } & WriteOutcome)[] }>;
  /**
   * Writes what is unwritten and due for another try, and what was unwritten at the last call as well:
   * its process ended before it could write it.
   */
  retryDue(): Promise<void>;
  /** Reads manifests and folders anew, then writes what is unwritten; of one collection or of all. */
  refresh(collection?: string): Promise<{ collections: CollectionRefresh[] }>;
  /** How each collection stands. */
  status(collection?: string): Promise<{ collections: CollectionStatus[] }>;
  /**
   * Empties the cache and recovers it from the manifests.
   * @throws SkillmeatError `unsaved-changes` where something is in the cache alone, unless forced
   */
  reset(options: { force: boolean }): Promise<{ collections: CollectionRefresh[] }>;
  /** Waits until no write is under way. */
  settle(): Promise<void>;
}

/** Makes the sync service of one home in this process. */
export function createManifestSyncService(cache: Cache): ManifestSyncService {
  const writeThrough = createWriteThrough(cache);
  const looks = new Map<string, Promise<unknown>>();
  const drained = new Set<string>();
  /** Of the last call of `retryDue`: the revisions that collections were written at. */
  let unwritten = new Map<string, number>();

  /** Callers that come while a look is under way share it. */
  async function lookOnce(dir: string): Promise<void> {
    const key = dir.toLowerCase();
    const look = looks.get(key) ?? lookAt(cache, dir).finally(() => looks.delete(key));
    looks.set(key, look);
    await look;
  }

  async function findOrDiscover(dir: string): Promise<CollectionRow> {
    const known = await findCollection(cache.db, dir);
    if (known !== undefined) return known;
    await discoverCollection(cache, dir);
    return requireCollection(cache.db, dir);
  }

  async function readyRow(row: CollectionRow): Promise<void> {
    const { manifest } = collectionPaths(cache.paths, row.dir);
    if (fingerprintOf(manifest) !== row.seen_stat) await lookOnce(row.dir);
    if (drained.has(row.dir)) return;
    drained.add(row.dir);
    await writeThrough.tidy(row.dir);
    const now = await requireCollection(cache.db, row.dir);
    if (isUnsaved(now) && isDue(now)) await writeThrough.coverIfFree(row.dir);
  }

  async function rows(collection?: string): Promise<CollectionRow[]> {
    if (collection !== undefined) return [await findOrDiscover(collection)];
    await discoverCollections(cache);
    return cache.db.selectFrom("collections").selectAll().orderBy("dir_key").execute();
  }

  async function readyAll(): Promise<void> {
    for (const row of await rows()) await readyRow(row);
  }

  async function refresh(collection?: string): Promise<{ collections: CollectionRefresh[] }> {
    const collections: CollectionRefresh[] = [];
    removeUnfinished(cache.paths.collections);
    for (const { dir } of await rows(collection)) {
      collections.push(await recoverCollectionMetadata(cache, dir));
      drained.add(dir);
      await writeThrough.tidy(dir);
      if (isUnsaved(await requireCollection(cache.db, dir))) await writeThrough.cover(dir);
    }
    return { collections };
  }

  return {
    async ready(collection) {
      const fresh = await cache.db.selectFrom("collections").select("id").executeTakeFirst();
      if (fresh === undefined) await readyAll();
      await readyRow(await findOrDiscover(collection));
    },
    readyAll,
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
    refresh,
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
      const unsaved = (await rows()).filter(isUnsaved);
      if (unsaved.length > 0 && !force) {
        throw new SkillmeatError(
          "unsaved-changes",
          `The cache holds changes that are not in a manifest yet: ${unsaved.map((row) => row.dir).join(", ")}`,
          "skillmeat sync flush",
        );
      }
      await cache.transaction(async (tx) => {
        await tx.deleteFrom("collections").execute();
        await renewEpoch(tx);
      });
      return refresh();
    },
    settle: writeThrough.settle,
  };
}

function isUnsaved(row: CollectionRow): boolean {
  return row.dirty_rev > row.written_rev;
}

function isDue(row: CollectionRow): boolean {
  return row.next_try === null || Date.parse(row.next_try) <= Date.now();
}
