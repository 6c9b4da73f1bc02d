import { statSync } from "node:fs";
import { requireCollection } from "../cache/commit.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import type { Conflict } from "../schema/sync.ts";
import { SkillmeatError, systemCode } from "../errors.ts";
import { manifestTime, newManifestText } from "../manifest/new-manifest.ts";
import { readManifest, type Manifest } from "../manifest/read.ts";
import { spliceManifest } from "../manifest/splice.ts";
import { hashOf } from "../manifest/pieces.ts";
import { readManifestFile, type ManifestFile } from "../manifest/store/read-file.ts";
import { replaceFile, syncFile } from "../manifest/store/replace-file.ts";
import { backupId, backUp } from "./backups.ts";
import { keeperOf } from "./keeper.ts";
import { readBase, storeBase, storeIntent } from "./base.ts";
import {
  described,
  EMPTY,
  NOT_PENDING,
  problemText,
  seen,
  updateBookkeeping,
} from "./bookkeeping.ts";
import { readCacheRows, type CacheRows } from "./cache-rows.ts";
import type { CollectionPaths } from "../settings/collection-paths.ts";
import { planManifest } from "./desired.ts";
import { isSharedByGit, requireNoGit } from "./git-lock.ts";
import { isOurs } from "./look.ts";
import { NO_ROWS, type OwnedRows } from "./owned-rows.ts";
import { keepRemovedRows, type RemovedRow } from "./removed-rows.ts";
import { lossesOfFile, recordLosses } from "./losses.ts";
import { writeChanges, type WriterMemory } from "./write-changes.ts";
import { writtenTextOf } from "./written-text.ts";
import { takeAndLog, takingOf } from "./take-and-log.ts";

/** An empty file this young may be a writer's that is at work, in ms; then it is not written. */
const EMPTY_AGE = 2_000;

/** A text this old, in ms, has another fingerprint where it is changed, however coarse the clock of its file system. */
const SETTLED_AGE = 2_000;

/** What is written, and what of the bookkeeping goes with it. */
export interface WrittenDraft {
  readonly row: CollectionRow;
  readonly revision: number;
  readonly text: string;
  /** The text as it is read back: a last check that what is swapped in can be read at all. */
  readonly manifest: Manifest;
  readonly owned: OwnedRows;
}

interface Draft extends WrittenDraft {
  /** What somebody changed in the file and is in the new text no more. */
  readonly lost: readonly Conflict[];
  /** What goes from the file because it was deleted here. */
  readonly removed: readonly RemovedRow[];
  readonly rows: CacheRows;
}

/**
 * Writes one collection's manifest so that it equals the cache; the caller holds the lock. The steps
 * are those of ARCHITECTURE, "The protocol".
 * @returns false where another writer replaced the file meanwhile, so that it is to be begun anew
 * @throws SkillmeatError `not-saved` where the manifest must not be written as it is; whatever the
 *   file system throws where it cannot be; GitAtWork
 */
export async function writeManifest(
  cache: Cache,
  paths: CollectionPaths,
  dir: string,
  memory: WriterMemory,
): Promise<boolean> {
  requireFolder(paths);
  const written = await writeChanges(cache, paths, dir, memory);
  return written ?? writeWhole(cache, paths, dir, memory);
}

async function writeWhole(
  cache: Cache,
  paths: CollectionPaths,
  dir: string,
  { displaced, texts }: WriterMemory,
): Promise<boolean> {
  const file = readManifestFile(paths.manifest);
  const ours = await cache.transaction(async (tx) =>
    isOurs(tx, await requireCollection(tx, dir), file),
  );
  const manifest = manifestOf(file, await requireCollection(cache.db, dir));

  const takesIn = file.state === "present" && !ours;
  const draft = await cache.transaction(async (tx): Promise<Draft> => {
    if (takesIn) await takeChanges(cache, tx, paths, manifest, dir);
    const row = await requireCollection(tx, dir);
    // From here on what changes is of the next write.
    await texts.take(tx, row, file.fingerprint);
    const rows = await readCacheRows(tx, row.id);
    const base = file.state === "present" ? await readBase(tx, row.id) : NO_ROWS;
    const { desired, owned, removed } = planManifest(manifest, rows, base);
    const text = spliceManifest(manifest, desired, new Date(), !isSharedByGit(paths));
    const lost = takesIn && text !== file.text ? lossesOfFile(base, rows, manifest) : [];
    return {
      row,
      revision: row.dirty_rev,
      text,
      manifest: readBack(text),
      owned,
      lost,
      removed,
      rows,
    };
  });

  // What a failed fsync dropped, a second one may call written; then the text goes to a new file.
  const isSure = draft.row.attempts === 0;
  const unchanged = isSure && file.state === "present" && draft.text === file.text;
  if (unchanged) {
    await syncFile(paths.manifest);
    await recordWritten(cache, draft, file.fingerprint);
    // What another program saved just now it may save once more, in the same tick of a clock and as long.
    const isSettled = file.age > SETTLED_AGE;
    const written = isSettled ? writtenTextOf(draft.manifest, draft.owned, draft.rows) : null;
    texts.put(dir, file.fingerprint, written);
    return true;
  }
  const backup = takesIn ? await backUp(paths.manifest, paths, file.hash) : null;
  const fingerprint = await replaceFile({
    path: paths.manifest,
    text: draft.text,
    expected: file.fingerprint,
    beforeSwap: async () => {
      await recordIntent(cache, draft, backup);
      requireNoGit(paths.folder);
    },
    keeper: keeperOf(paths, displaced),
  });
  if (fingerprint === null) return false;
  await recordWritten(cache, draft, fingerprint);
  texts.put(dir, fingerprint, writtenTextOf(draft.manifest, draft.owned, draft.rows));
  return true;
}

function requireFolder({ folder }: CollectionPaths): void {
  if (isFolder(folder)) return;
  throw notSaved(`the folder ${folder} is missing`);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    if (systemCode(error) === "ENOTDIR") return false;
    throw error;
  }
}

function manifestOf(file: ManifestFile, row: CollectionRow): Manifest {
  if (file.state === "unreadable") throw notSaved(problemText(file.problem));
  if (file.state === "empty" && file.age < EMPTY_AGE) {
    throw notSaved(`${EMPTY}; another program may be about to write it`);
  }
  return readBack(file.state === "present" ? file.text : freshText(row));
}

/** A text as it is read back. @throws SkillmeatError `not-saved` where it cannot be */
export function readBack(text: string): Manifest {
  const reading = readManifest(text);
  if ("manifest" in reading) return reading.manifest;
  throw notSaved(problemText(reading.unreadable));
}

/** A missing file is made again with what the cache knows. */
export function freshText(row: CollectionRow): string {
  const now = manifestTime(new Date());
  const { display_name: name, version, created } = row;
  return newManifestText({ name, version, created: created || now, updated: now });
}

async function takeChanges(
  { paths }: Cache,
  tx: CacheTransaction,
  { folder }: CollectionPaths,
  manifest: Manifest,
  dir: string,
): Promise<void> {
  const row = await requireCollection(tx, dir);
  const taken = await takeAndLog(tx, row, folder, manifest, takingOf(paths, row));
  await updateBookkeeping(tx, row.id, described(manifest, row));
  await storeBase(tx, row.id, "", taken.base);
}

/** What lost is listed with it, and what is deleted kept: after the swap nobody could tell any more. */
async function recordIntent(
  cache: Cache,
  { row, text, owned, lost, removed }: Draft,
  backup: string | null,
): Promise<void> {
  await cache.transaction(async (tx) => {
    await storeIntent(tx, row.id, hashOf(text), owned);
    await recordLosses(tx, row.id, "file", lost, backup === null ? null : backupId(backup));
    await keepRemovedRows(tx, row.id, removed);
  });
}

/** Records that a manifest holds what was drafted. */
export async function recordWritten(
  cache: Cache,
  draft: WrittenDraft,
  fingerprint: string,
): Promise<void> {
  await cache.transaction(async (tx) => {
    const row = await requireCollection(tx, draft.row.dir);
    await updateBookkeeping(tx, row.id, {
      ...described(draft.manifest, row),
      ...NOT_PENDING,
      ...seen(fingerprint, "clean", null),
      written_rev: draft.revision,
    });
    await storeBase(tx, draft.row.id, hashOf(draft.text), draft.owned);
  });
}

function notSaved(reason: string): SkillmeatError {
  return new SkillmeatError("not-saved", reason, "skillmeat status");
}
