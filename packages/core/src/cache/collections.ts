import type { HomePaths } from "../paths.ts";
import type { Collection } from "../schema/collection.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import type { CacheDb } from "./open.ts";

/** All collections by name, or the one with this row id, with what they hold counted. */
export async function readCollections(
  db: CacheDb,
  paths: HomePaths,
  id?: number,
): Promise<Collection[]> {
  const rows = await db
    .selectFrom("collections")
    .select((eb) => [
      "dir",
      "display_name",
      eb
        .selectFrom("artifacts")
        .select((inner) => inner.fn.countAll<number>().as("count"))
        .whereRef("artifacts.collection_id", "=", "collections.id")
        .as("artifacts"),
      eb
        .selectFrom("groups")
        .select((inner) => inner.fn.countAll<number>().as("count"))
        .whereRef("groups.collection_id", "=", "collections.id")
        .as("groups"),
      eb
        .selectFrom("tags")
        .select((inner) => inner.fn.countAll<number>().as("count"))
        .whereRef("tags.collection_id", "=", "collections.id")
        .as("tags"),
    ])
    .$if(id !== undefined, (query) => query.where("id", "=", id ?? 0))
    .orderBy("dir_key")
    .execute();
  return rows.map((row) => {
    const { folder, manifest, linked } = collectionPaths(paths, row.dir);
    return {
      name: row.dir,
      displayName: row.display_name,
      path: folder,
      manifest,
      linked,
      artifacts: row.artifacts ?? 0,
      groups: row.groups ?? 0,
      tags: row.tags ?? 0,
    };
  });
}
