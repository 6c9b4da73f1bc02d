import { rmSync } from "node:fs";
import { join } from "node:path";
import { readCollections } from "../cache/collections.ts";
import { findCollection, requireCollection } from "../cache/commit.ts";
import type { Cache, CacheDb } from "../cache/open.ts";
import { SkillmeatError } from "../errors.ts";
import type { Collection } from "../schema/collection.ts";
import { commandHint, quoted } from "./suggest.ts";

/**
 * Throws where the cache knows a collection of that name, ignoring case, be its folder there or not.
 * @throws SkillmeatError `conflict`
 */
export async function refuseTakenCollection(cache: Cache, dir: string): Promise<void> {
  const row = await findCollection(cache.db, dir);
  if (row === undefined) return;
  throw new SkillmeatError(
    "conflict",
    `There is already a collection ${quoted(row.dir)}`,
    commandHint(row.dir, "collection show"),
  );
}

/** A collection's folder and what its manifest's `[collection]` says. */
export interface NewCollection {
  readonly dir: string;
  readonly displayName: string;
  readonly version: string;
  readonly created: string;
}

/**
 * Makes the cache know a collection whose folder was just made; its manifest is yet to be read. Where
 * that fails the folder goes again.
 */
export async function addCollectionRow(
  cache: Cache,
  collection: NewCollection,
): Promise<Collection> {
  try {
    return await insertRow(cache, collection);
  } catch (error) {
    rmSync(join(cache.paths.collections, collection.dir), { recursive: true, force: true });
    throw error;
  }
}

function insertRow(cache: Cache, collection: NewCollection): Promise<Collection> {
  const { dir, displayName, version, created } = collection;
  return cache.transaction(async (tx) => {
    await tx
      .insertInto("collections")
      .values({ dir, dir_key: dir.toLowerCase(), display_name: displayName, version, created })
      .onConflict((conflict) => conflict.column("dir_key").doNothing())
      .execute();
    return readCollection(cache, tx, dir);
  });
}

/**
 * A collection as it is shown.
 * @throws SkillmeatError `not-found`
 */
export async function readCollection(cache: Cache, db: CacheDb, dir: string): Promise<Collection> {
  const row = await requireCollection(db, dir);
  const [collection] = await readCollections(db, cache.paths, row.id);
  if (collection !== undefined) return collection;
  throw new SkillmeatError("not-found", `There is no collection ${quoted(dir)}`);
}
