import type { ManifestGroup, ManifestTag } from "../manifest/read.ts";
import { nameKey } from "../schema/text.ts";
import type { CacheGroup, CacheTag } from "./cache-rows.ts";
import type { OwnedRows } from "./owned-rows.ts";

/**
 * What a row of the file is to the cache: its group or tag; `deleted` where the base has it and the
 * cache no more, so that it was deleted here, with the id that it had; `added` where neither knows it.
 */
export type Match<Row> =
  | { readonly kind: "both"; readonly row: Row }
  | { readonly kind: "deleted"; readonly row: Row }
  | { readonly kind: "added" };

/** Matches groups by the base, where a rename shows, and then by name, ignoring case. */
export function matchGroups(
  file: readonly ManifestGroup[],
  cache: readonly Pick<CacheGroup, "id" | "name">[],
  base: Pick<OwnedRows, "groups">,
): Map<ManifestGroup, Match<string>> {
  return matchRows(
    file,
    (group) => nameKey(group.definition.name),
    cache.map((group) => [nameKey(group.name), group.id]),
    base.groups.map((group) => [nameKey(group.name), group.id]),
  );
}

/** Matches tag definitions by the base, where a changed slug shows, and then by slug. */
export function matchTags(
  file: readonly ManifestTag[],
  cache: readonly Pick<CacheTag, "id" | "slug">[],
  base: Pick<OwnedRows, "tags">,
): Map<ManifestTag, Match<number>> {
  return matchRows(
    file,
    (tag) => tag.definition.slug,
    cache.map((tag) => [tag.slug, tag.id]),
    base.tags.map((tag) => [tag.slug, tag.id]),
  );
}

function matchRows<FileRow, Id>(
  file: readonly FileRow[],
  keyOf: (row: FileRow) => string,
  cache: readonly (readonly [key: string, id: Id])[],
  base: readonly (readonly [key: string, id: Id])[],
): Map<FileRow, Match<Id>> {
  const living = new Set(cache.map(([, id]) => id));
  const byBase = new Map(base);
  const byKey = new Map(cache);
  const taken = new Set<Id>();
  const ofBase = file.map((row): Match<Id> | null => {
    const id = byBase.get(keyOf(row));
    if (id === undefined) return null;
    taken.add(id);
    return living.has(id) ? { kind: "both", row: id } : { kind: "deleted", row: id };
  });
  const matches = file.map((row, index): [FileRow, Match<Id>] => {
    const known = ofBase[index];
    if (known !== undefined && known !== null) return [row, known];
    const id = byKey.get(keyOf(row));
    if (id === undefined || taken.has(id)) return [row, { kind: "added" }];
    taken.add(id);
    return [row, { kind: "both", row: id }];
  });
  return new Map(matches);
}
