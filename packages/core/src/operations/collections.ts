import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCollections } from "../cache/collections.ts";
import { mutate } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import { readSnapshot } from "../cache/snapshot.ts";
import { manifestTime, newManifestText } from "../manifest/new-manifest.ts";
import { MANIFEST_NAME } from "../paths.ts";
import type {
  Collection,
  CollectionCreateInput,
  CollectionGetInput,
  CollectionUpdateInput,
} from "../schema/collection.ts";
import { placeCollection } from "./collection-folder.ts";
import { addCollectionRow, readCollection, refuseTakenCollection } from "./new-collection.ts";
import { quoted } from "./suggest.ts";

/** All collections of a home, by name. */
export async function listCollections(
  cache: Cache,
): Promise<{ items: Collection[]; nextCursor: null }> {
  return { items: await readCollections(cache.db, cache.paths), nextCursor: null };
}

/**
 * One collection.
 * @throws SkillmeatError `not-found`
 */
export function getCollection(cache: Cache, input: CollectionGetInput): Promise<Collection> {
  return readSnapshot(cache, (db) => readCollection(cache, db, input.collection));
}

/**
 * Makes a collection: its folder and a manifest that holds nothing yet.
 * @throws SkillmeatError `conflict` where there is a folder or a collection of that name, ignoring case
 */
export async function createCollection(
  cache: Cache,
  input: CollectionCreateInput,
): Promise<Collection> {
  const created = manifestTime(new Date());
  const displayName = input.displayName ?? input.name;
  const text = newManifestText({ name: displayName, version: "1.0.0", created, updated: created });
  await refuseTakenCollection(cache, input.name);
  placeCollection(cache.paths.collections, input.name, (folder) =>
    writeFileSync(join(folder, MANIFEST_NAME), text),
  );
  return addCollectionRow(cache, "collections.create", {
    dir: input.name,
    displayName,
    version: "1.0.0",
    created,
  });
}

/**
 * Changes what a collection is shown as; its folder, and so its identity, stays.
 * @throws SkillmeatError `not-found`
 */
export function updateCollection(
  cache: Cache,
  { collection, displayName }: CollectionUpdateInput,
): Promise<Collection> {
  return mutate(cache, collection, "collections.update", async (tx, { id, dir }, log) => {
    log.displayName();
    log.summary(`Changed the display name of the collection to ${quoted(displayName)}`);
    await tx
      .updateTable("collections")
      .set({ display_name: displayName, given_name: displayName })
      .where("id", "=", id)
      .execute();
    return readCollection(cache, tx, dir);
  });
}
