import type { CacheTransaction } from "../../cache/open.ts";
import type { TagIdentity } from "../../cache/tag-words.ts";
import { tagRows } from "../../cache/tags.ts";
import type { TagRow } from "../../cache/tables.ts";
import { nameKey } from "../../schema/text.ts";
import type { MergeTag } from "./mergeable-rows.ts";

/**
 * Makes a collection's tag definitions those given, in order. One that has no id, and whose slug artifacts
 * carry already, takes that tag's row; one whose row is gone gets its id back.
 * @returns the definitions that came, went or changed, as they were and as they are
 */
export async function applyTags(
  tx: CacheTransaction,
  collectionId: number,
  tags: readonly MergeTag[],
): Promise<TagIdentity[]> {
  const rows = await tagRows(tx, collectionId);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const carried = new Map(rows.filter((row) => row.defined === 0).map((row) => [row.slug, row]));
  const wanted = tags.map(({ id, name, slug, color, description }, position) => {
    const row = id === null ? carried.get(slug) : byId.get(id);
    const name_key = nameKey(name);
    const values = { name, name_key, slug, color, description, defined: 1, position };
    return { id, row, values };
  });
  const staying = new Set(wanted.map(({ row }) => row));
  const slugs = new Set(tags.map((tag) => tag.slug));
  const gone = rows.filter(
    (row) => !staying.has(row) && (row.defined === 1 || slugs.has(row.slug)),
  );
  for (const row of gone) await tx.deleteFrom("tags").where("id", "=", row.id).execute();
  const changed: TagIdentity[] = gone.filter((row) => row.defined === 1);
  const writes = wanted.filter(({ row, values }) => row === undefined || !sameRow(row, values));
  for (const { row, values } of writes) {
    if (row === undefined || row.slug === values.slug) continue;
    // Two rows may have changed slugs with one another.
    await tx
      .updateTable("tags")
      .set({ slug: `/${row.id}` })
      .where("id", "=", row.id)
      .execute();
  }
  for (const { id, row, values } of writes) {
    changed.push(values, ...(row === undefined ? [] : [row]));
    if (row === undefined) {
      await tx
        .insertInto("tags")
        .values({ ...values, collection_id: collectionId, ...(id === null ? {} : { id }) })
        .execute();
    } else {
      await tx.updateTable("tags").set(values).where("id", "=", row.id).execute();
    }
  }
  return changed;
}

function sameRow(row: TagRow, values: Omit<TagRow, "id" | "collection_id">): boolean {
  return Object.entries(values).every(([key, value]) => Reflect.get(row, key) === value);
}
