import type { Cache, CacheTransaction } from "../cache/open.ts";
import { requireCollection } from "../cache/commit.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { readManifest, type Manifest } from "../manifest/read.ts";
import { fingerprintOf, readManifestFile, type ManifestFile } from "../manifest/store/read-file.ts";
import type { Problem } from "../schema/sync.ts";
import { keepIntent, readBase, storeBase } from "./base.ts";
import { described, EMPTY, problemText, seen, toJson, updateBookkeeping } from "./bookkeeping.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import {
  asReadBefore,
  keepReading,
  readBefore,
  type ReadBefore,
  type ReadSummary,
} from "./read-before.ts";
import { scanFolders } from "./scan-folders.ts";
import { logFound, takeAndLog, takingOf } from "./take-and-log.ts";
import type { TakenIn } from "./take-in.ts";

/** What a thorough reading of a manifest and its folder found. */
export type Reading =
  /** Nothing has changed since the last one. */
  | { readonly kind: "as-before"; readonly summary: ReadSummary }
  /** The folders were scanned without the manifest's rows. */
  | {
      readonly kind: "missing" | "unreadable";
      readonly artifacts: TakenIn["artifacts"];
      readonly problems: readonly Problem[];
    }
  | {
      readonly kind: "read";
      readonly taken: TakenIn;
      /** Whether the settings ask for a merge. */
      readonly isMerged: boolean;
      readonly inManifest: { readonly tags: number; readonly groups: number };
      readonly problems: readonly Problem[];
    };

/** A file may be replaced while it is read; so often is begun anew before it is taken as it is. */
const TRIES = 5;

/**
 * Looks at a collection's manifest: where it is not as the base or the intent has it, takes from it
 * what is to be taken. The file is never written.
 * @returns whether it was merged and what that came to is to be written
 * @throws SkillmeatError `not-found`
 */
export function lookAt(cache: Cache, dir: string): Promise<boolean> {
  return withFile(cache, dir, async (tx, row, file) => {
    // While the manifest could not be read, the artifacts may have been looked for in vain.
    const wasRead = row.seen_state !== "missing" && row.seen_state !== "unreadable";
    if ((await isOurs(tx, row, file)) && wasRead) {
      await updateBookkeeping(tx, row.id, seen(file.fingerprint, "clean", null));
      return false;
    }
    const reading = await read(tx, cache, row, file);
    return reading.kind === "read" && reading.isMerged && reading.taken.differs;
  });
}

/**
 * Reads a collection's manifest and scans its folders, whatever is known of them, and takes from them
 * what is to be taken. The file is never written.
 * @throws SkillmeatError `not-found`
 */
export async function readThoroughly(cache: Cache, dir: string): Promise<Reading> {
  const { reading, before } = await withFile(cache, dir, async (tx, row, file) => {
    const summary = await asReadBefore(cache, tx, row.dir, file);
    if (summary !== null) return { reading: { kind: "as-before" as const, summary }, before: null };
    const result = await read(tx, cache, row, file);
    return {
      reading: result,
      before: { dir: row.dir, kept: await toKeep(cache, tx, row.dir, file, result) },
    };
  });
  if (before !== null) keepReading(cache, before.dir, before.kept);
  return reading;
}

/** Where cache and file differ, each reading merges or tells of it anew. */
async function toKeep(
  cache: Cache,
  tx: CacheTransaction,
  dir: string,
  file: ManifestFile,
  reading: Reading,
): Promise<ReadBefore | null> {
  if (reading.kind !== "read" || reading.taken.differs) return null;
  const { taken, inManifest, problems } = reading;
  const { artifacts, members, evidence } = taken;
  const summary = { found: artifacts.found, members, inManifest, problems };
  return readBefore(cache, tx, dir, file, evidence, summary);
}

/** Runs a transaction with the file as it is while that runs, or as it was a moment before. */
export async function withFile<T>(
  cache: Cache,
  dir: string,
  work: (tx: CacheTransaction, row: CollectionRow, file: ManifestFile) => Promise<T>,
): Promise<T> {
  const { manifest: path } = collectionPaths(cache.paths, dir);
  for (let tries = 1; ; tries += 1) {
    const file = readManifestFile(path);
    const result = await cache.transaction(async (tx) => {
      const changed = fingerprintOf(path) !== file.fingerprint;
      if (changed && tries < TRIES) return null;
      return { value: await work(tx, await requireCollection(tx, dir), file) };
    });
    if (result !== null) return result.value;
  }
}

/** Whether a file is the base, or the text that was about to be swapped in, which then is the base. */
export async function isOurs(
  tx: CacheTransaction,
  row: CollectionRow,
  file: ManifestFile,
): Promise<boolean> {
  if (file.state !== "present") return false;
  if (file.hash === row.base_hash) return true;
  if (file.hash !== row.intent_hash) return false;
  await keepIntent(tx, row.id, file.hash);
  return true;
}

async function read(
  tx: CacheTransaction,
  cache: Cache,
  row: CollectionRow,
  file: ManifestFile,
): Promise<Reading> {
  const { folder } = collectionPaths(cache.paths, row.dir);
  const reading = parse(file);
  if ("kind" in reading) {
    const { kind, reason, problems } = reading;
    const base = await readBase(tx, row.id);
    const scan = await scanFolders(tx, row, folder, null, base);
    await updateBookkeeping(tx, row.id, {
      ...seen(file.fingerprint, kind, reason),
      manifest_problems: toJson(problems),
      folder_problems: toJson(scan.problems),
    });
    if (row.seen_stat !== null) await logFound(tx, row.dir, scan.touched);
    const { found, added, removed } = scan;
    const artifacts = { found, added, removed };
    return { kind, artifacts, problems: [...problems, ...scan.problems] };
  }

  const { manifest, hash } = reading;
  const ours = await isOurs(tx, row, file);
  const how = ours ? "add" : takingOf(cache.paths, row);
  const taken = await takeAndLog(tx, row, folder, manifest, how);
  const drifted = taken.differs && !ours;
  const reason = "collection.toml was changed elsewhere and differs from the cache";
  await updateBookkeeping(tx, row.id, {
    ...described(manifest, row),
    ...seen(file.fingerprint, drifted ? "drifted" : "clean", drifted ? reason : null),
    folder_problems: toJson(taken.folderProblems),
  });
  await storeBase(tx, row.id, drifted ? "" : hash, taken.base);
  return {
    kind: "read",
    taken,
    isMerged: how === "merge",
    inManifest: { tags: manifest.tags.length, groups: manifest.groups.length },
    problems: [...manifest.problems, ...taken.folderProblems],
  };
}

/** What a file holds, or why nothing of it can be read. */
function parse(
  file: ManifestFile,
):
  | { manifest: Manifest; hash: string }
  | { kind: "missing" | "unreadable"; reason: string; problems: Problem[] } {
  if (file.state === "missing" || file.state === "empty") {
    const reason = file.state === "empty" ? EMPTY : "collection.toml is missing";
    return { kind: "missing", reason, problems: [] };
  }
  if (file.state === "unreadable") return unreadable(file.problem);
  const reading = readManifest(file.text);
  if ("unreadable" in reading) return unreadable(reading.unreadable);
  return { manifest: reading.manifest, hash: file.hash };
}

function unreadable(problem: Problem) {
  return { kind: "unreadable" as const, reason: problemText(problem), problems: [problem] };
}
