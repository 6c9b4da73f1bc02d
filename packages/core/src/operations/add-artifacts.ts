import { existsSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyArtifact, isInPlace } from "../artifacts/copy.ts";
import { discoverArtifacts, type FoundArtifact } from "../artifacts/discover.ts";
import { scanArtifacts, type ScannedArtifact } from "../artifacts/scan.ts";
import { artifactRows, artifactRowsNamed, readArtifacts } from "../cache/artifacts.ts";
import { mutate, requireCollection } from "../cache/commit.ts";
import { groupsNaming, resolveMembers } from "../cache/members.ts";
import type { Cache } from "../cache/open.ts";
import { saveScanned } from "../cache/save-scanned.ts";
import type { ArtifactRow, CollectionRow } from "../cache/tables.ts";
import { syncFolder, syncTree } from "../durable.ts";
import { messageOf, SkillmeatError } from "../errors.ts";
import type { Artifact, ArtifactAddInput } from "../schema/artifact.ts";
import { nameKey } from "../schema/text.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { commandHint, listed } from "./suggest.ts";

/** What was added, or would be by a dry run, and what was not and why. */
export interface AddedArtifacts {
  /** Empty after a dry run. */
  artifacts: Artifact[];
  found: { id: string; from: string }[];
  skipped: { from: string; reason: string }[];
}

/**
 * Copies artifacts into a collection: a file, a folder, or every artifact below a folder. One that
 * the collection knows by its row alone gets its files by this; one whose files are in their place
 * already, the very same, gets its row. A dry run copies nothing.
 * @throws SkillmeatError `not-found` where nothing is at a path or below it; `conflict` where the
 * collection has everything that was found; `invalid-input` where nothing of it can be added
 */
export async function addArtifacts(cache: Cache, input: ArtifactAddInput): Promise<AddedArtifacts> {
  const collection = await requireCollection(cache.db, input.collection);
  const { found, skipped } = discoverAll(input);
  const names = found.map((artifact) => artifact.name);
  const cached = indexRows(await artifactRowsNamed(cache.db, collection.id, names));
  const root = collectionPaths(cache.paths, collection.dir).folder;
  const isTaken = (artifact: FoundArtifact) => isKept(cached.get(keyOf(artifact)), artifact, root);
  const wanted = found.filter((artifact) => !isTaken(artifact));
  const taken = found.filter(isTaken).map((artifact) => ({
    from: artifact.from,
    reason: `The collection already has ${idOf(artifact)}`,
  }));
  if (found.length === 0 && skipped.length === 0) throw nothingFound(input);
  if (wanted.length === 0 && !input.dryRun) throw nothingAdded(taken, skipped, collection);
  const left = [...taken, ...skipped];
  if (input.dryRun) return { artifacts: [], found: wanted.map(summaryOf), skipped: left };

  requireFolder(root);
  const { placed, copied, failed } = placeAll(wanted, root);
  try {
    const rowsAlone = placed.flatMap((artifact) => cached.get(keyOf(artifact)) ?? []);
    const scanned = readCopies(root, placed, rowsAlone.filter(isInManifest));
    const artifacts = await save(cache, input.collection, scanned, copied);
    return { artifacts, found: placed.map(summaryOf), skipped: [...left, ...failed] };
  } catch (error) {
    removeCopies(root, copied);
    throw error;
  }
}

/** Whether a collection has an artifact, so that there is nothing to add. The folder decides, not the cache. */
function isKept(row: ArtifactRow | undefined, artifact: FoundArtifact, root: string): boolean {
  if (row === undefined || row.missing === 1 || !existsSync(join(root, row.path))) return false;
  return isInManifest(row) || row.path !== artifact.path || !isInPlace(artifact, root);
}

function isInManifest(row: ArtifactRow): boolean {
  return row.in_manifest === 1;
}

type Skipped = AddedArtifacts["skipped"][number];

/** What all paths of a call hold, each id once. */
function discoverAll(input: ArtifactAddInput): { found: FoundArtifact[]; skipped: Skipped[] } {
  const options = {
    ...(input.type === undefined ? {} : { type: input.type }),
    ...(input.name === undefined ? {} : { name: input.name }),
  };
  if (input.name !== undefined && input.paths.length > 1) {
    throw new SkillmeatError(
      "invalid-input",
      "One name cannot be given to the artifacts of several paths",
      "Leave --name out, or name one path",
    );
  }
  const found = new Map<string, FoundArtifact>();
  const skipped: Skipped[] = [];
  for (const path of input.paths) {
    const below = discoverArtifacts(path, options);
    skipped.push(...below.skipped);
    for (const artifact of below.found) {
      const other = found.get(keyOf(artifact));
      if (other === undefined) found.set(keyOf(artifact), artifact);
      else if (other.from !== artifact.from) {
        skipped.push({
          from: artifact.from,
          reason: `${other.from} gives the same ${idOf(artifact)}`,
        });
      }
    }
  }
  return { found: [...found.values()], skipped };
}

function idOf(artifact: { type: string; name: string }): string {
  return `${artifact.type}:${artifact.name}`;
}

/** Artifacts whose names differ only by case are one here: many file systems cannot tell them apart. */
function keyOf(artifact: { type: string; name: string }): string {
  return nameKey(idOf(artifact));
}

function summaryOf(artifact: FoundArtifact): { id: string; from: string } {
  return { id: idOf(artifact), from: artifact.from };
}

function nothingFound(input: ArtifactAddInput): SkillmeatError {
  const type = input.type === undefined ? "artifacts" : `artifacts of the type ${input.type}`;
  return new SkillmeatError(
    "not-found",
    `There are no ${type} below ${listed(input.paths)}`,
    "A skill is a folder with a SKILL.md; say what a single file is with --type",
  );
}

function nothingAdded(
  taken: readonly Skipped[],
  skipped: readonly Skipped[],
  collection: CollectionRow,
): SkillmeatError {
  const reasons = [...skipped, ...taken].map(({ from, reason }) => `${from}: ${reason}`);
  return new SkillmeatError(
    skipped.length === 0 ? "conflict" : "invalid-input",
    `Nothing was added. ${listed(reasons)}`,
    commandHint(collection.dir, "artifact list"),
  );
}

function requireFolder(root: string): void {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new SkillmeatError(
    "manifest-missing",
    `The collection's folder ${root} is not there`,
    "Put it back, or make a collection with: skillmeat collection create NAME",
  );
}

/**
 * Copies what can be copied and is not in its place already.
 * @returns what is in its place now, and what of it was copied
 * @throws what stood in the way of the first, where nothing could be copied
 */
function placeAll(
  wanted: readonly FoundArtifact[],
  root: string,
): { placed: FoundArtifact[]; copied: FoundArtifact[]; failed: Skipped[] } {
  const placed: FoundArtifact[] = [];
  const copied: FoundArtifact[] = [];
  const failed: Skipped[] = [];
  const errors: unknown[] = [];
  for (const artifact of wanted) {
    try {
      if (isInPlace(artifact, root)) makeDurable(join(root, artifact.path));
      else {
        copyArtifact(artifact, root);
        copied.push(artifact);
      }
      placed.push(artifact);
    } catch (error) {
      errors.push(error);
      failed.push({ from: artifact.from, reason: messageOf(error) });
    }
  }
  if (placed.length === 0) throw errors[0];
  return { placed, copied, failed };
}

/** Whoever put it there may not have. */
function makeDurable(path: string): void {
  syncTree(path);
  syncFolder(dirname(path));
}

function removeCopies(root: string, copied: readonly FoundArtifact[]): void {
  for (const { path } of copied) rmSync(join(root, path), { recursive: true, force: true });
}

/**
 * Reads what was placed as a refresh would.
 * @param rowsAlone the cache's rows of artifacts that had no files
 * @throws SkillmeatError `conflict` where another file of the collection is that artifact, `refused`
 * where the copy cannot be read just now
 */
function readCopies(
  root: string,
  placed: readonly FoundArtifact[],
  rowsAlone: readonly ArtifactRow[],
): ScannedArtifact[] {
  const definitions = rowsAlone.map(({ name, type, title, description }) => {
    return { name, type, title, description, path: null, tags: [] };
  });
  const { artifacts, problems, unread } = scanArtifacts(root, definitions);
  const byPath = new Map(artifacts.map((scanned) => [scanned.path, scanned]));
  return placed.map((artifact) => {
    const scanned = byPath.get(artifact.path);
    if (scanned !== undefined) return scanned;
    const why = problems.find(({ file }) => unread.includes(file));
    if (why !== undefined) {
      throw new SkillmeatError(
        "refused",
        `The copy of ${idOf(artifact)} cannot be read: ${why.file}: ${why.message}`,
        "Try again once it can be",
      );
    }
    throw new SkillmeatError(
      "conflict",
      `Another file of the collection already is ${idOf(artifact)}`,
      "Give this one another name with --name",
    );
  });
}

function save(
  cache: Cache,
  dir: string,
  scanned: readonly ScannedArtifact[],
  copied: readonly FoundArtifact[],
): Promise<Artifact[]> {
  const paths = new Set(copied.map(({ path }) => path));
  return mutate(cache, dir, "artifacts.add", async (tx, collection, log) => {
    const added = scanned.map(idOf);
    await log.artifacts(added);
    const names = scanned.map(({ name }) => name);
    await log.groups(await groupsNaming(tx, collection.id, names));
    for (const artifact of scanned.filter(({ path }) => paths.has(path))) {
      log.files({ artifact: idOf(artifact), path: artifact.path, way: "in", trash: null });
    }
    log.summary(`Added ${listed(added)}`);
    const ids = await saveScanned(tx, collection.id, scanned);
    await resolveMembers(tx, collection.id);
    return readArtifacts(tx, await artifactRows(tx, ids));
  });
}

function indexRows(rows: readonly ArtifactRow[]): Map<string, ArtifactRow> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}
