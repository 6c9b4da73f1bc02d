import type { CacheTransaction } from "../cache/open.ts";
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
  let position = Math.max(-1, ...defined.map((row) => row.position)) + 1;
  let created = 0;
  for (const [tag, match] of matchTags(manifest.tags, defined, base)) {
    if (match.kind !== "added") continue;
    const { name, slug, color, description } = tag.definition;
    const values = { name, name_key: nameKey(name), color, description, defined: 1, position };
    const carried = rows.find((row) => row.slug === slug);
    // Another tag got this slug here: what both have stays the cache's.
    if (carried?.defined === 1) continue;
    if (carried === undefined) {
      await tx
        .insertInto("tags")
        .values({ ...values, slug, collection_id: collectionId })
        .execute();
    } else {
      await tx.updateTable("tags").set(values).where("id", "=", carried.id).execute();
    }
    position += 1;
    created += 1;
  }
  return created;
}
