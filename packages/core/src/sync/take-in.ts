import { resolveMembers } from "../cache/members.ts";
import type { PlaceOfRow } from "../artifacts/scan.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import type { Manifest } from "../manifest/read.ts";
import { positionAt } from "../manifest/position.ts";
import { spliceManifest } from "../manifest/splice.ts";
import type { Problem } from "../schema/sync.ts";
import { readBase } from "./base.ts";
import { readCacheRows } from "./cache-rows.ts";
import { planManifest } from "./desired.ts";
import { matchGroups, matchTags } from "./match.ts";
import type { OwnedArtifact, OwnedRows } from "./owned-rows.ts";
import { scanFolders } from "./scan-folders.ts";
import { takeGroups } from "./take-groups.ts";
import { takeTags } from "./take-tags.ts";

/** What was taken from a manifest, and how it stands to the cache now. */
export interface TakenIn {
  readonly artifacts: { readonly found: number; readonly added: number; readonly removed: number };
  readonly tags: number;
  readonly groups: number;
  readonly members: { readonly resolved: number; readonly unresolved: number };
  /** Of the folders; the manifest's own are in it. */
  readonly folderProblems: readonly Problem[];
  /** Whether file and cache differ in what we own. */
  readonly differs: boolean;
  readonly base: OwnedRows;
}

/**
 * Takes from a manifest what is to be taken: tag definitions, then artifacts with the scan of the
 * folders, then groups. What both have stays the cache's; what only the file has is created, unless
 * the base has it, for then it was deleted here. The file is not written.
 * On a fresh cache this is the recovery.
 */
export async function takeIn(
  tx: CacheTransaction,
  collection: CollectionRow,
  root: string,
  manifest: Manifest,
): Promise<TakenIn> {
  const before = await readBase(tx, collection.id);
  const tags = await takeTags(tx, collection.id, manifest, before);
  const definitions = manifest.artifacts.map((artifact) => artifact.definition);
  const placeOf: PlaceOfRow = (row) => {
    const artifact = manifest.artifacts.find(({ definition }) => definition === row);
    return positionAt(manifest.text, artifact?.row.start ?? 0);
  };
  const scan = await scanFolders(tx, collection, root, definitions, before, placeOf);
  const members = await resolveMembers(tx, collection.id);
  if (members.rewritten > 0) await markDirty(tx, collection.id);
  const created = await takeGroups(tx, collection.id, manifest, before);

  const rows = await readCacheRows(tx, collection.id);
  const known = { ...before, groups: [...before.groups, ...created] };
  const merged = mergeBase(known, manifest, rows, scan.owned);
  const { desired, owned } = planManifest(manifest, rows, merged);
  const differs = changesText(manifest, () => spliceManifest(manifest, desired, new Date()));
  return {
    artifacts: { found: scan.found, added: scan.added, removed: scan.removed },
    tags,
    groups: created.length,
    members: countMembers(rows.groups.flatMap((group) => group.members)),
    folderProblems: scan.problems,
    differs,
    base: differs ? merged : owned,
  };
}

async function markDirty(tx: CacheTransaction, collectionId: number): Promise<void> {
  await tx
    .updateTable("collections")
    .set((eb) => ({ dirty_rev: eb("dirty_rev", "+", 1) }))
    .where("id", "=", collectionId)
    .execute();
}

/**
 * The base after a reading that left differences: what it had, and the rows that were new in the
 * file. It must know those, or one deleted here would come back with the next reading.
 */
function mergeBase(
  base: OwnedRows,
  manifest: Manifest,
  rows: Awaited<ReturnType<typeof readCacheRows>>,
  artifacts: readonly OwnedArtifact[],
): OwnedRows {
  const knownGroups = new Set(base.groups.map((group) => group.id));
  const knownTags = new Set(base.tags.map((tag) => tag.id));
  const groups = [...matchGroups(manifest.groups, rows.groups, base)].flatMap(([row, match]) =>
    match.kind === "both" && !knownGroups.has(match.row)
      ? [{ id: match.row, ...row.definition }]
      : [],
  );
  const tags = [...matchTags(manifest.tags, rows.tags, base)].flatMap(([row, match]) =>
    match.kind === "both" && !knownTags.has(match.row)
      ? [{ id: match.row, ...row.definition }]
      : [],
  );
  const rowsSeen = new Set(artifacts.map(({ row }) => row));
  // An artifact whose row was written otherwise, with a path now, is known by that one alone.
  const seen = new Set(artifacts.map(({ artifact }) => artifact));
  const removedHere = base.artifacts.filter(
    ({ row, artifact }) => !rowsSeen.has(row) && !seen.has(artifact),
  );
  return {
    groups: [...base.groups, ...groups],
    tags: [...base.tags, ...tags],
    artifacts: [...artifacts, ...removedHere],
  };
}

/** A row that cannot be written as the cache has it differs, too. */
function changesText(manifest: Manifest, splice: () => string): boolean {
  try {
    return splice() !== manifest.text;
  } catch {
    return true;
  }
}

function countMembers(members: readonly { artifactId: number | null }[]): TakenIn["members"] {
  const resolved = members.filter((member) => member.artifactId !== null).length;
  return { resolved, unresolved: members.length - resolved };
}
