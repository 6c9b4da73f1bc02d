import type { CacheTransaction } from "../../cache/open.ts";
import type { CollectionRow } from "../../cache/tables.ts";
import type { Manifest } from "../../manifest/read.ts";
import type { Conflict } from "../../schema/sync.ts";
import { nameKey } from "../../schema/text.ts";
import { readCacheRows, type CacheRows } from "../cache-rows.ts";
import { baseOfFile } from "../one-sided.ts";
import { rowIdentity, type OwnedArtifact, type OwnedRows } from "../owned-rows.ts";
import { applyRows } from "./apply-rows.ts";
import { mergeRows, type Merge } from "./merge-rows.ts";
import type { MergedRows, MergeRows } from "./mergeable-rows.ts";
import { artifactsOf, mergeableBase, mergeableCache, mergeableFile } from "./to-mergeable.ts";

/** What a merge with a manifest came to. */
export interface FileMerge {
  readonly conflicts: readonly Conflict[];
  /** The manifest's rows with the cache's ids: with them the next merge begins. */
  readonly base: OwnedRows;
}

/**
 * Merges a collection's cache with its manifest, three-way with the base, and makes the cache's rows
 * what that comes to. Where both changed the same, the manifest's value stands. Rows of `[[artifacts]]`
 * that the base does not know are left to the scan of the folders.
 * @param deletes whether rows that the manifest has no more go; else they are kept as if they were new here
 */
export async function mergeFile(
  tx: CacheTransaction,
  { id }: CollectionRow,
  manifest: Manifest,
  base: OwnedRows,
  deletes: "taken" | "kept",
): Promise<FileMerge> {
  const rows = await readCacheRows(tx, id);
  const from = deletes === "taken" ? base : withoutDeleted(base, manifest);
  const { merged, conflicts } = mergeWithFile(from, rows, manifest);
  await applyRows(tx, id, inTermsOfCache(merged));
  const { groups, tags } = baseOfFile(manifest, await readCacheRows(tx, id), base);
  return { conflicts, base: { groups, tags, artifacts: artifactsIn(manifest, base) } };
}

/** What a cache and its manifest come to; `ours` is the cache. */
export function mergeWithFile(base: OwnedRows, rows: CacheRows, manifest: Manifest): Merge {
  const artifactOf = artifactsOf(base, rows);
  return mergeRows(
    mergeableBase(base, artifactOf),
    { ...mergeableCache(rows, artifactOf), hasIdsOfBase: true },
    mergeableFile(manifest, base, artifactOf),
    "theirs",
  );
}

/** A row that was deleted here and comes back is the one that it was. */
export function inTermsOfCache({ groups, tags, artifacts }: MergedRows): MergeRows {
  return {
    groups: groups.map(({ base, ours, ...group }) => ({ ...group, id: ours ?? base })),
    tags: tags.map(({ base, ours, ...tag }) => ({ ...tag, id: ours ?? realId(base) })),
    artifacts,
  };
}

/** A base may have ids that no row ever had; see `noId`. */
function realId(id: number | null): number | null {
  return id !== null && id > 0 ? id : null;
}

/** A base that never knew what the manifest has no more. */
function withoutDeleted(base: OwnedRows, manifest: Manifest): OwnedRows {
  const names = new Set(manifest.groups.map(({ definition }) => nameKey(definition.name)));
  const slugs = new Set(manifest.tags.map(({ definition }) => definition.slug));
  return {
    groups: base.groups.filter(({ name }) => names.has(nameKey(name))),
    tags: base.tags.filter(({ slug }) => slugs.has(slug)),
    artifacts: base.artifacts,
  };
}

/** What the manifest says of the artifacts that the base knows, and has rows of still. */
function artifactsIn(manifest: Manifest, { artifacts }: OwnedRows): OwnedArtifact[] {
  const tagsOf = new Map(
    manifest.artifacts.map(({ definition }) => [rowIdentity(definition), definition.tags]),
  );
  return artifacts.flatMap((owned) => {
    const tags = tagsOf.get(owned.row);
    return tags === undefined ? [] : [{ ...owned, tags }];
  });
}
