import { statSync } from "node:fs";
import { findCollection, requireCollection } from "../../cache/commit.ts";
import type { Cache, CacheTransaction } from "../../cache/open.ts";
import type { CollectionRow } from "../../cache/tables.ts";
import type { HomePaths } from "../../paths.ts";
import { nameKey } from "../../schema/text.ts";
import { readBase, storeBase, storeBaseRows } from "../base.ts";
import { updateBookkeeping } from "../bookkeeping.ts";
import { readCacheRows, type CacheRows } from "../cache-rows.ts";
import { collectionPaths } from "../../settings/collection-paths.ts";
import { recordLosses } from "../losses.ts";
import { NO_ROWS, rowIdentity, type OwnedRows } from "../owned-rows.ts";
import { scanFolders } from "../scan-folders.ts";
import { applyRows } from "./apply-rows.ts";
import { mergeRows } from "./merge-rows.ts";
import type { MergedRows, MergeRows } from "./mergeable-rows.ts";
import { artifactId, createArtifactOf, mergeableBase, mergeableCache } from "./to-mergeable.ts";

/**
 * Brings what a cache holds unwritten into another one of the same home, which was recovered from the
 * manifests: a three-way merge with the base of the first. Where both changed the same, the second's
 * value stands, since it is younger, and the first's is listed among the losses. What was brought over
 * is noted in the first, so that a second replay, also by another process, brings only what is newer. A
 * collection whose manifest the second has not read, or not found, comes over whole, written or not,
 * unless the second was changed already.
 * @param from the cache that was lost; another one than `into`
 * @returns the collections that have something to bring over and that `into` does not have
 * @throws what reading the first throws where that is broken, after all that could be read came over
 */
export async function replayUnwritten(from: Cache, into: Cache): Promise<string[]> {
  const rows = await from.db.selectFrom("collections").selectAll().orderBy("dir_key").execute();
  const lost: string[] = [];
  const failures: unknown[] = [];
  for (const { dir } of rows) {
    try {
      if ((await replayCollection(from, into, dir)) === "lost") lost.push(dir);
    } catch (error) {
      // What of a broken cache can be read is brought over all the same.
      if (!into.isCurrent()) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return lost;
}

type Outcome = "lost" | "nothing" | "replayed";

/** The old cache is locked meanwhile, so that two processes do not replay one mutation twice. */
async function replayCollection(from: Cache, into: Cache, dir: string): Promise<Outcome> {
  const done: Outcome[] = [];
  try {
    await from.transaction(async (old) => {
      const source = await findCollection(old, dir);
      if (source === undefined) return;
      const rows = await readCacheRows(old, source.id);
      const base = await readBase(old, source.id);
      done.push(await into.transaction((tx) => replayInto(tx, into.paths, source, rows, base)));
      if (done.includes("replayed")) await noteReplayed(old, source, rows);
    });
  } catch (error) {
    // Replayed once more, as it is without the note, it changes nothing.
    if (!done.includes("replayed")) throw error;
  }
  return done[0] ?? "nothing";
}

async function replayInto(
  tx: CacheTransaction,
  paths: HomePaths,
  source: CollectionRow,
  rows: CacheRows,
  base: OwnedRows,
): Promise<Outcome> {
  const isUnsaved = source.dirty_rev > source.written_rev;
  const target = await findOrAdd(tx, paths, source);
  if (target === undefined) return isUnsaved ? "lost" : "nothing";
  const isBlank = target.base_hash === null && target.dirty_rev === 0;
  if (!isUnsaved && !isBlank) return "nothing";
  await replayRows(tx, target, rows, isBlank ? NO_ROWS : base);
  if (isBlank && source.base_hash !== null) {
    await storeBase(tx, target.id, source.base_hash, await inItsIds(tx, target, rows, base));
  }
  await replayGivenName(tx, target, rows.givenName);
  return "replayed";
}

/**
 * A folder whose manifest is missing was not discovered, but the old cache knows what it held. The first
 * reading after that merges, as after any time without a manifest.
 */
async function findOrAdd(
  tx: CacheTransaction,
  paths: HomePaths,
  { dir, dir_key, display_name, version, created }: CollectionRow,
): Promise<CollectionRow | undefined> {
  const found = await findCollection(tx, dir);
  const { folder } = collectionPaths(paths, dir);
  if (found !== undefined || !isFolder(folder)) return found;
  await tx
    .insertInto("collections")
    .values({ dir, dir_key, display_name, version, created, seen_state: "missing" })
    .execute();
  const added = await requireCollection(tx, dir);
  await scanFolders(tx, added, folder, null, NO_ROWS);
  return added;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

async function replayRows(
  tx: CacheTransaction,
  { id }: CollectionRow,
  ours: CacheRows,
  base: OwnedRows,
): Promise<void> {
  const theirs = await readCacheRows(tx, id);
  const artifactOf = createArtifactOf([
    ...base.artifacts.map(({ artifact }) => artifact),
    ...ours.artifacts.map(artifactId),
    ...theirs.artifacts.map(artifactId),
  ]);
  const { merged, conflicts } = mergeRows(
    mergeableBase(base, artifactOf),
    { ...mergeableCache(ours, artifactOf), hasIdsOfBase: true },
    { ...mergeableCache(theirs, artifactOf), hasIdsOfBase: false },
    "theirs",
  );
  await applyRows(tx, id, inTermsOfTheirs(merged));
  await recordLosses(tx, id, "cache", conflicts, null);
}

function inTermsOfTheirs({ groups, tags, artifacts }: MergedRows): MergeRows {
  return {
    groups: groups.map(({ theirs: id, ...group }) => ({ ...group, id })),
    tags: tags.map(({ theirs: id, ...tag }) => ({ ...tag, id })),
    artifacts,
  };
}

/**
 * A base in the ids of the cache that a collection came over to whole: what was deleted before its
 * manifest could be read again must not come back with it.
 */
async function inItsIds(
  tx: CacheTransaction,
  { id }: CollectionRow,
  old: CacheRows,
  base: OwnedRows,
): Promise<OwnedRows> {
  const now = await readCacheRows(tx, id);
  const groupOf = new Map(now.groups.map((group) => [nameKey(group.name), group.id]));
  const tagOf = new Map(now.tags.map((tag) => [tag.slug, tag.id]));
  return {
    groups: base.groups.map((group) => {
      const kept = old.groups.find((own) => own.id === group.id);
      return { ...group, id: groupOf.get(nameKey(kept?.name ?? "")) ?? group.id };
    }),
    tags: base.tags.map((tag, index) => {
      const kept = old.tags.find((own) => own.id === tag.id);
      // No row has such an id, so that it counts as deleted.
      return { ...tag, id: tagOf.get(kept?.slug ?? "") ?? -1 - index };
    }),
    artifacts: base.artifacts,
  };
}

/** A display name that was given in the newer cache stands. */
async function replayGivenName(
  tx: CacheTransaction,
  { id, given_name: theirs, display_name: shown }: CollectionRow,
  ours: string | null,
): Promise<void> {
  if (ours === null || theirs !== null || shown === ours) return;
  await updateBookkeeping(tx, id, { display_name: ours, given_name: ours });
  await tx
    .updateTable("collections")
    .set((eb) => ({ dirty_rev: eb("dirty_rev", "+", 1) }))
    .where("id", "=", id)
    .execute();
}

async function noteReplayed(
  old: CacheTransaction,
  { id, dirty_rev, base_hash }: CollectionRow,
  rows: CacheRows,
): Promise<void> {
  await updateBookkeeping(old, id, { written_rev: dirty_rev, given_name: null });
  const base = ownedRows(rows);
  // A manifest that was never read has still to be: of two replays the second must not say otherwise.
  if (base_hash === null) await storeBaseRows(old, id, base);
  else await storeBase(old, id, "", base);
}

/** The rows of a cache as a base holds them. */
function ownedRows({ groups, tags, artifacts }: CacheRows): OwnedRows {
  return {
    groups: groups.map((group) => ({ ...group, members: group.members.map(({ ref }) => ref) })),
    tags,
    artifacts: artifacts
      .filter((artifact) => artifact.inManifest)
      .map(({ type, name, path, tags: uses }) => ({
        artifact: artifactId({ type, name }),
        row: rowIdentity({ type, name, path }),
        tags: uses.map((use) => use.word),
      })),
  };
}
