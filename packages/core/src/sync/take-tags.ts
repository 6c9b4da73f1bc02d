import type { Insertable } from "kysely";
import { insertMany } from "../cache/insert-many.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { TagsTable } from "../cache/tables.ts";
import { definedOnly, tagRows } from "../cache/tags.ts";
import type { Manifest } from "../manifest/read.ts";
import { nameKey } from "../schema/text.ts";
import { matchTags } from "./match.ts";
import type { OwnedRows } from "./owned-rows.ts";

/**
 * Creates the tag definitions that only the manifest has and the base has not; a tag that artifacts
 * carry already becomes defined.
 * @returns how many were created
 */
export async function takeTags(
  tx: CacheTransaction,
  collectionId: number,
  manifest: Manifest,
  base: OwnedRows,
): Promise<number> {
  const rows = await tagRows(tx, collectionId);
  const defined = definedOnly(rows);
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  let position = (defined.at(-1)?.position ?? -1) + 1;
  let created = 0;
  const added: Insertable<TagsTable>[] = [];
  for (const [tag, match] of matchTags(manifest.tags, defined, base)) {
    if (match.kind !== "added") continue;
    const { name, slug, color, description } = tag.definition;
    const values = { name, name_key: nameKey(name), color, description, defined: 1, position };
    const carried = bySlug.get(slug);
    // Another tag got this slug here: what both have stays the cache's.
    if (carried?.defined === 1) continue;
    if (carried === undefined) {
      added.push({ ...values, slug, collection_id: collectionId });
    } else {
      await tx.updateTable("tags").set(values).where("id", "=", carried.id).execute();
    }
    position += 1;
    created += 1;
  }
  await insertMany(tx, "tags", added);
  return created;
}
