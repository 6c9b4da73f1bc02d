import type { Cache, CacheTransaction } from "../cache/open.ts";
import { requireCollection } from "../cache/commit.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { readManifest } from "../manifest/read.ts";
import { fingerprintOf, readManifestFile, type ManifestFile } from "../manifest/store/read-file.ts";
import type { Problem } from "../schema/sync.ts";
import { keepIntent, readBase, storeBase } from "./base.ts";
import { described, problemText, seen, toJson, updateCollection } from "./bookkeeping.ts";
import { collectionPaths } from "./collection-paths.ts";
import { scanFolders } from "./scan-folders.ts";
import { takeIn, type TakenIn } from "./take-in.ts";

/** What a look at a manifest found. */
export type Look =
  /** The folders were scanned without the manifest's rows. */
  | {
      readonly kind: "missing" | "unreadable";
      readonly artifacts: TakenIn["artifacts"];
      readonly problems: readonly Problem[];
    }
  /** The file is the base's, and the look was not thorough. */
  | { readonly kind: "known" }
  | {
      readonly kind: "read";
      readonly taken: TakenIn;
      readonly inManifest: { readonly tags: number; readonly groups: number };
      readonly problems: readonly Problem[];
    };

/** A file may be replaced while it is read; so often is begun anew before it is taken as it is. */
const TRIES = 5;

/**
 * Looks at a collection's manifest and takes from it what is to be taken; never writes it.
 * @param thorough reads and scans the folders even where the file is the base's
 * @throws SkillmeatError `not-found`
 */
export async function lookAt(cache: Cache, dir: string, thorough: boolean): Promise<Look> {
  const { manifest: path } = collectionPaths(cache.paths, dir);
  for (let tries = 1; ; tries += 1) {
    const file = readManifestFile(path);
    const look = await cache.transaction(async (tx) => {
      const changed = fingerprintOf(path) !== file.fingerprint;
      if (changed && tries < TRIES) return null;
      return applyLook(tx, cache, await requireCollection(tx, dir), file, thorough);
    });
    if (look !== null) return look;
  }
}

async function applyLook(
  tx: CacheTransaction,
  cache: Cache,
  row: CollectionRow,
  file: ManifestFile,
  thorough: boolean,
): Promise<Look> {
  const { folder } = collectionPaths(cache.paths, row.dir);
  const withoutManifest = async (
    kind: "missing" | "unreadable",
    reason: string,
    problems: readonly Problem[],
  ): Promise<Look> => {
    const base = await readBase(tx, row.id);
    const scan = await scanFolders(tx, row, folder, null, base);
    await updateCollection(tx, row.id, {
      ...seen(file.fingerprint, kind, reason),
      manifest_problems: toJson(problems),
      folder_problems: toJson(scan.problems),
    });
    const { found, added, removed } = scan;
    return {
      kind,
      artifacts: { found, added, removed },
      problems: [...problems, ...scan.problems],
    };
  };

  if (file.state === "missing") return withoutManifest("missing", "collection.toml is missing", []);
  if (file.state === "empty") return withoutManifest("missing", "collection.toml is empty", []);
  if (file.state === "unreadable") {
    return withoutManifest("unreadable", problemText(file.problem), [file.problem]);
  }

  const ours = file.hash === row.base_hash || file.hash === row.intent_hash;
  if (file.hash === row.intent_hash && file.hash !== row.base_hash) {
    await keepIntent(tx, row.id, file.hash);
  }
  if (ours && !thorough) {
    await updateCollection(tx, row.id, seen(file.fingerprint, "clean", null));
    return { kind: "known" };
  }

  const reading = readManifest(file.text);
  if ("unreadable" in reading) {
    const problem = reading.unreadable;
    return withoutManifest("unreadable", problemText(problem), [problem]);
  }
  const { manifest } = reading;
  const taken = await takeIn(tx, row, folder, manifest);
  const drifted = taken.differs && !ours;
  await updateCollection(tx, row.id, {
    ...described(manifest),
    ...seen(
      file.fingerprint,
      drifted ? "drifted" : "clean",
      drifted ? "collection.toml was changed elsewhere and differs from the cache" : null,
    ),
    folder_problems: toJson(taken.folderProblems),
  });
  await storeBase(tx, row.id, drifted ? "" : file.hash, taken.base);
  return {
    kind: "read",
    taken,
    inManifest: { tags: manifest.tags.length, groups: manifest.groups.length },
    problems: [...manifest.problems, ...taken.folderProblems],
  };
}
