import { resolveMembers } from "../cache/members.ts";
import type { PlaceOfRow } from "../artifacts/scan.ts";
import type { Evidence } from "../artifacts/witness.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { requireCollection } from "../cache/commit.ts";
import type { Manifest } from "../manifest/read.ts";
import { anyPositions } from "../manifest/position.ts";
import { spliceManifest } from "../manifest/splice.ts";
import type { ArtifactDefinition } from "../schema/artifact.ts";
import type { TouchedEntity } from "../schema/history.ts";
import type { Conflict, Problem } from "../schema/sync.ts";
import { readBase } from "./base.ts";
import { readCacheRows, type CacheRows } from "./cache-rows.ts";
import { planManifest } from "./desired.ts";
import { matchGroups, matchTags } from "./match.ts";
import { mergeFile } from "./merge/merge-file.ts";
import { baseOfFile, replaceByFile } from "./one-sided.ts";
import type { OwnedArtifact, OwnedRows } from "./owned-rows.ts";
import { scanFolders } from "./scan-folders.ts";
import { takeGroups } from "./take-groups.ts";
import { takeTags } from "./take-tags.ts";

/**
 * How what a manifest holds is taken: `add`, what is new in it; `merge`, the merge with the base; `mend`,
 * the same, but what the manifest has no more is kept; `pull`, all, instead of the cache's; `push`,
 * nothing, so that the next write replaces it. Artifacts are taken in any case.
 */
export type Taking = "add" | "mend" | "merge" | "pull" | "push";

/** What was taken from a manifest, and how it stands to the cache now. */
export interface TakenIn {
  readonly artifacts: { readonly found: number; readonly added: number; readonly removed: number };
  readonly tags: number;
  readonly groups: number;
  readonly members: { readonly resolved: number; readonly unresolved: number };
  /** The artifacts that came, changed or went. */
  readonly touched: readonly TouchedEntity[];
  /** What cache and manifest both had changed; the manifest's values stand. */
  readonly conflicts: readonly Conflict[];
  /** Of the folders; the manifest's own are in it. */
  readonly folderProblems: readonly Problem[];
  /** By what it is known that the files have not changed since, or null. */
  readonly evidence: Evidence | null;
  /** Whether file and cache differ in what we own. */
  readonly differs: boolean;
  readonly base: OwnedRows;
  /** What the cache holds now. */
  readonly rows: CacheRows;
}

/**
 * Takes from a manifest what is to be taken: tag definitions, then artifacts with the scan of the
 * folders, then groups. With `add` what both have stays the cache's; what only the file has is created,
 * unless the base has it, for then it was deleted here. The file is not written.
 * On a fresh cache this is the recovery.
 */
export async function takeIn(
  tx: CacheTransaction,
  collection: CollectionRow,
  root: string,
  manifest: Manifest,
  how: Taking,
): Promise<TakenIn> {
  const { id } = collection;
  const stored = await readBase(tx, id);
  const isMerged = (how === "merge" || how === "mend") && collection.base_hash !== null;
  const { base: before, conflicts } = isMerged
    ? await mergeFile(tx, collection, manifest, stored, how === "merge" ? "taken" : "kept")
    : { base: stored, conflicts: [] };
  const isPushed = how === "push";
  const tags = isPushed ? 0 : await takeTags(tx, id, manifest, before);
  const definitions = manifest.artifacts.map((artifact) => artifact.definition);
  const current = await requireCollection(tx, collection.dir);
  const scan = await scanFolders(tx, current, root, definitions, before, placesIn(manifest));
  const members = await resolveMembers(tx, id);
  if (members.rewritten > 0) await markDirty(tx, id);
  const created = isPushed ? [] : await takeGroups(tx, id, manifest, before);
  let known: OwnedRows = { ...before, groups: [...before.groups, ...created] };
  if (how === "pull") known = await replaceByFile(tx, id, manifest, known, scan.owned);

  const rows = await readCacheRows(tx, id);
  if (isPushed) known = baseOfFile(manifest, rows, known);
  const merged = mergeBase(known, manifest, rows, scan.owned);
  const { desired, owned } = planManifest(manifest, rows, merged);
  const differs = changesText(manifest, () => spliceManifest(manifest, desired, new Date()));
  if (isMerged) await settleRevision(tx, collection, differs && how === "merge");
  return {
    artifacts: { found: scan.found, added: scan.added, removed: scan.removed },
    tags,
    groups: created.length,
    members: countMembers(rows.groups),
    touched: scan.touched,
    conflicts,
    folderProblems: scan.problems,
    evidence: scan.evidence,
    differs,
    base: differs ? merged : owned,
    rows,
  };
}

/** Tells where rows of `[[artifacts]]` stand; they are gone through with the first that is asked for, if any is. */
function placesIn({ artifacts, text }: Manifest): PlaceOfRow {
  const positionOf = anyPositions(text);
  let starts: ReadonlyMap<ArtifactDefinition, number> | null = null;
  return (row) => {
    starts ??= new Map(artifacts.map((artifact) => [artifact.definition, artifact.row.start]));
    return positionOf(starts.get(row) ?? 0);
  };
}

/** A merge is no change of its own: it leaves something to write where it says so, and nothing is yet. */
async function settleRevision(
  tx: CacheTransaction,
  { id, dirty_rev, written_rev }: CollectionRow,
  isToWrite: boolean,
): Promise<void> {
  const isUnsaved = dirty_rev > written_rev;
  await tx
    .updateTable("collections")
    .set({ dirty_rev: isToWrite && !isUnsaved ? dirty_rev + 1 : dirty_rev })
    .where("id", "=", id)
    .execute();
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
  rows: CacheRows,
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
  return {
    groups: [...base.groups, ...groups],
    tags: [...base.tags, ...tags],
    artifacts: [...artifacts, ...removedHere(base.artifacts, artifacts)],
  };
}

/** What of the base's artifacts is no row that was found. */
function removedHere(
  base: readonly OwnedArtifact[],
  found: readonly OwnedArtifact[],
): readonly OwnedArtifact[] {
  if (base.length === 0) return base;
  const rows = new Set(found.map(({ row }) => row));
  // An artifact whose row was written otherwise, with a path now, is known by that one alone.
  const artifacts = new Set(found.map(({ artifact }) => artifact));
  return base.filter(({ row, artifact }) => !rows.has(row) && !artifacts.has(artifact));
}

/** A row that cannot be written as the cache has it differs, too. */
function changesText(manifest: Manifest, splice: () => string): boolean {
  try {
    return splice() !== manifest.text;
  } catch {
    return true;
  }
}

function countMembers(groups: CacheRows["groups"]): TakenIn["members"] {
  let [resolved, unresolved] = [0, 0];
  for (const { members } of groups) {
    const count = members.filter((member) => member.artifactId !== null).length;
    resolved += count;
    unresolved += members.length - count;
  }
  return { resolved, unresolved };
}
