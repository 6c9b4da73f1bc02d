import type { Cache } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { SkillmeatError } from "../errors.ts";

/**
 * Refuses to drop what the cache alone holds: what is not written yet, and the groups and tags of a manifest that
 * is gone or cannot be read.
 * @param rows the collections as they stand after a look at their manifests
 * @throws SkillmeatError `unsaved-changes`
 */
export async function refuseLoss(cache: Cache, rows: readonly CollectionRow[]): Promise<void> {
  const unsaved = rows.filter((row) => row.dirty_rev > row.written_rev);
  if (unsaved.length > 0) {
    throw new SkillmeatError(
      "unsaved-changes",
      `The cache holds changes that are not in a manifest yet: ${unsaved.map((row) => row.dir).join(", ")}`,
      "skillmeat sync flush",
    );
  }
  for (const row of rows) {
    const isMissing = row.seen_state === "missing";
    if (!isMissing && row.seen_state !== "unreadable") continue;
    if (!(await isCurated(cache, row.id))) continue;
    throw new SkillmeatError(
      "unsaved-changes",
      `The cache alone holds the groups and tags of ${row.dir}, whose manifest ${isMissing ? "is missing" : "cannot be read"}`,
      isMissing
        ? `skillmeat sync push --collection ${row.dir}`
        : `Mend it, or restore a backup: skillmeat backup list --collection ${row.dir}`,
    );
  }
}

/** Whether a collection has groups, or tags that are defined. */
async function isCurated({ db }: Cache, collectionId: number): Promise<boolean> {
  const group = await db
    .selectFrom("groups")
    .select("id")
    .where("collection_id", "=", collectionId)
    .executeTakeFirst();
  if (group !== undefined) return true;
  const tag = await db
    .selectFrom("tags")
    .select("id")
    .where("collection_id", "=", collectionId)
    .where("defined", "=", 1)
    .executeTakeFirst();
  return tag !== undefined;
}
