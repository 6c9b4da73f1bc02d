import { randomUUID } from "node:crypto";
import type { CacheTransaction } from "../cache/open.ts";
import type { Manifest } from "../manifest/read.ts";
import { nameKey } from "../schema/text.ts";
import { readCacheRows, type CacheRows } from "./cache-rows.ts";
import { matchGroups, matchTags, type Match } from "./match.ts";
import { applyRows } from "./merge/apply-rows.ts";
import type { MergeRows } from "./merge/mergeable-rows.ts";
import { artifactsOf, mergeableFile } from "./merge/to-mergeable.ts";
import { noId, NO_ROWS, type OwnedArtifact, type OwnedRows } from "./owned-rows.ts";

/** The rows of a manifest with the ids of the cache's that they are; null where the cache has none. */
export function fileInTermsOfCache(
  manifest: Manifest,
  rows: CacheRows,
  base: OwnedRows,
): MergeRows {
  const groups = matchGroups(manifest.groups, rows.groups, base);
  const tags = matchTags(manifest.tags, rows.tags, base);
  return mergeableFile(manifest, base, artifactsOf(base, rows), {
    group: (group) => rowOf(groups.get(group)),
    tag: (tag) => rowOf(tags.get(tag)),
  });
}

function rowOf<Id>(match: Match<Id> | undefined): Id | null {
  return match?.kind === "both" ? match.row : null;
}

/**
 * Makes a collection's rows those of its manifest, whatever they were.
 * @param artifacts the rows of `[[artifacts]]` that are artifacts
 * @returns the base from then on
 */
export async function replaceByFile(
  tx: CacheTransaction,
  collectionId: number,
  manifest: Manifest,
  base: OwnedRows,
  artifacts: readonly OwnedArtifact[],
): Promise<OwnedRows> {
  const known = { ...base, artifacts };
  const rows = await readCacheRows(tx, collectionId);
  await applyRows(tx, collectionId, fileInTermsOfCache(manifest, rows, known));
  return baseOfFile(manifest, await readCacheRows(tx, collectionId), { ...NO_ROWS, artifacts });
}

/**
 * A base that equals a manifest: what the cache has not of it counts as deleted here, and what it has
 * otherwise as changed here.
 */
export function baseOfFile(manifest: Manifest, rows: CacheRows, base: OwnedRows): OwnedRows {
  const groups = matchGroups(manifest.groups, rows.groups, base);
  const tags = matchTags(manifest.tags, rows.tags, base);
  const goneGroups = new Map(base.groups.map(({ name, id }) => [nameKey(name), id]));
  const goneTags = new Map(base.tags.map(({ slug, id }) => [slug, id]));
  return {
    groups: manifest.groups.map((group) => {
      const gone = goneGroups.get(nameKey(group.definition.name));
      return { ...group.definition, id: rowOf(groups.get(group)) ?? gone ?? randomUUID() };
    }),
    tags: manifest.tags.map((tag, place) => {
      const gone = goneTags.get(tag.definition.slug);
      return { ...tag.definition, id: rowOf(tags.get(tag)) ?? gone ?? noId(place) };
    }),
    artifacts: base.artifacts,
  };
}
