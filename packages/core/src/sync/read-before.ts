import type { Evidence } from "../artifacts/witness.ts";
import { readPulse } from "../cache/follow-changes.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import type { ManifestFile } from "../manifest/store/read-file.ts";
import type { Problem } from "../schema/sync.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import type { TakenIn } from "./take-in.ts";

/** What a reading said of a collection. */
export interface ReadSummary {
  readonly found: number;
  readonly members: TakenIn["members"];
  readonly inManifest: { readonly tags: number; readonly groups: number };
  readonly problems: readonly Problem[];
}

/** What a reading said after which cache, manifest and folders were one, and what each was known by. */
export interface ReadBefore {
  readonly summary: ReadSummary;
  readonly pulse: string;
  readonly manifest: string;
  readonly folders: Evidence;
}

/**
 * The last reading of each collection by this process. It is kept here and nowhere else; nothing makes it void, for
 * it counts only as long as cache, manifest and folders are what they were.
 */
const kept = new WeakMap<Cache, Map<string, ReadBefore>>();

/**
 * What the last reading said, where another would say the same: since then nobody has changed a row of the cache, the
 * manifest, or what the scan of the folders saw.
 * @returns null where something may have changed
 */
export async function asReadBefore(
  cache: Cache,
  tx: CacheTransaction,
  dir: string,
  file: ManifestFile,
): Promise<ReadSummary | null> {
  const before = kept.get(cache)?.get(dir);
  if (before === undefined || before.manifest !== manifestMark(cache, dir, file)) return null;
  if (before.pulse !== (await readPulse(tx))) return null;
  return before.folders.isStillTrue() ? before.summary : null;
}

/**
 * What is to be kept of a reading, once the transaction is committed.
 * @param folders by what it is known that they have not changed
 * @returns null where another reading may say something else
 */
export async function readBefore(
  cache: Cache,
  tx: CacheTransaction,
  dir: string,
  file: ManifestFile,
  folders: Evidence | null,
  summary: ReadSummary,
): Promise<ReadBefore | null> {
  const manifest = manifestMark(cache, dir, file);
  if (manifest === null || folders === null) return null;
  return { summary, pulse: await readPulse(tx), manifest, folders };
}

/** Keeps what a reading said that was committed. */
export function keepReading(cache: Cache, dir: string, before: ReadBefore | null): void {
  const ofCache = kept.get(cache) ?? new Map<string, ReadBefore>();
  kept.set(cache, ofCache);
  if (before === null) ofCache.delete(dir);
  else ofCache.set(dir, before);
}

/** A linked collection may lie elsewhere by now. */
function manifestMark(cache: Cache, dir: string, file: ManifestFile): string | null {
  if (file.state !== "present") return null;
  return `${file.fingerprint} ${file.hash} ${collectionPaths(cache.paths, dir).manifest}`;
}
