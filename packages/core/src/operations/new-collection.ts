import { rmSync } from "node:fs";
import { join } from "node:path";
import { readCollections } from "../cache/collections.ts";
import { recordChange } from "../cache/changes.ts";
import { findCollection, requireCollection } from "../cache/commit.ts";
import type { Cache, CacheDb } from "../cache/open.ts";
import { SkillmeatError } from "../errors.ts";
import type { Collection } from "../schema/collection.ts";
import { findLink } from "../settings/collection-paths.ts";
import { commandHint, quoted } from "./suggest.ts";

/**
 * Throws where the cache knows a collection of that name, ignoring case, or the settings link one, be
 * its folder there or not.
 * @throws SkillmeatError `conflict`
 */
export async function refuseTakenCollection(cache: Cache, dir: string): Promise<void> {
  const row = await findCollection(cache.db, dir);
  const taken = row?.dir ?? findLink(cache.paths, dir)?.name;
  if (taken === undefined) return;
  throw new SkillmeatError(
    "conflict",
    `There is already a collection ${quoted(taken)}`,
    commandHint(taken, "collection show"),
  );
}

/** A collection's folder and what its manifest's `[collection]` says. */
export interface NewCollection {
  readonly dir: string;
  readonly displayName: string;
  readonly version: string;
  readonly created: string;
}

/** How a collection can come, and the word for it in the history. */
const WORDS = {
  "collections.create": "Created",
  "collections.import": "Imported",
  "collections.link": "Linked",
  "trash.restore": "Restored",
} as const;

/**
 * Makes the cache know a collection that was just made or linked; its manifest is yet to be read.
 * @param action the procedure, for the log of changes
 * @param undo takes back what was done before, where that fails; by default the folder that was made
 */
export async function addCollectionRow(
  cache: Cache,
  action: keyof typeof WORDS,
  collection: NewCollection,
  undo: () => void | Promise<void> = () => removeFolder(cache, collection),
): Promise<Collection> {
  try {
    return await insertRow(cache, action, collection);
  } catch (error) {
    await undo();
    throw error;
  }
}

function removeFolder(cache: Cache, { dir }: NewCollection): void {
  rmSync(join(cache.paths.collections, dir), { recursive: true, force: true });
}

function insertRow(
  cache: Cache,
  action: keyof typeof WORDS,
  collection: NewCollection,
): Promise<Collection> {
  const { dir, displayName, version, created } = collection;
  return cache.transaction(async (tx) => {
    await tx
      .insertInto("collections")
      .values({ dir, dir_key: dir.toLowerCase(), display_name: displayName, version, created })
      .onConflict((conflict) => conflict.column("dir_key").doNothing())
      .execute();
    await recordChange(tx, {
      dir,
      origin: "call",
      action,
      summary: `${WORDS[action]} the collection ${quoted(dir)}`,
      touched: [{ kind: "collection", id: dir, name: dir, change: "added" }],
      images: null,
      undoes: null,
    });
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
