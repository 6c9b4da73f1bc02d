import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import type { DisplacedFiles } from "../manifest/store/displaced.ts";
import { fingerprintOf } from "../manifest/store/read-file.ts";
import { replaceFile, syncFile } from "../manifest/store/replace-file.ts";
import type { CollectionPaths } from "../settings/collection-paths.ts";
import { keeperOf } from "./keeper.ts";
import { storeBaseChange, storeIntentChange } from "./base.ts";
import { NOT_PENDING, seen } from "./bookkeeping.ts";
import { draftChanges, type ChangesDraft } from "./draft-changes.ts";
import { isSharedByGit, requireNoGit } from "./git-lock.ts";
import { keepRemovedRows } from "./removed-rows.ts";
import type { WrittenTexts } from "./written-text.ts";

/** What a writer keeps from one write to the next. */
export interface WriterMemory {
  /** Watches over the texts that are replaced. */
  readonly displaced: DisplacedFiles;
  readonly texts: WrittenTexts;
}

/**
 * Writes a manifest by what changed since this process wrote it last, without reading it: as
 * `writeManifest`, whose steps these are, and with the same text.
 * @returns null where the whole text has to be looked at, and nothing is written
 * @throws as `writeManifest`
 */
export async function writeChanges(
  cache: Cache,
  paths: CollectionPaths,
  dir: string,
  { displaced, texts }: WriterMemory,
): Promise<boolean | null> {
  const expected = fingerprintOf(paths.manifest);
  if (texts.peek(dir, expected) === null) return null;
  const draft = await cache.note(async (tx) => {
    const row = await requireCollection(tx, dir);
    const taken = await texts.take(tx, row, expected);
    // What a failed fsync dropped, a second one may call written; then the whole text goes to a new file.
    if (taken === null || row.attempts > 0) return null;
    const made = await draftChanges(tx, row, taken.written, taken.stale, !isSharedByGit(paths));
    if (made !== null && made.changed !== null) {
      await storeIntentChange(tx, row.id, made.hash, made.base);
    }
    return made;
  });
  if (draft === null) return null;

  const { changed } = draft;
  if (changed === null) {
    await syncFile(paths.manifest);
    await recordChanges(cache, draft, expected);
    texts.put(dir, expected, draft.written);
    return true;
  }
  const fingerprint = await replaceFile({
    path: paths.manifest,
    text: changed.content,
    expected,
    beforeSwap: async () => {
      await keepRemoved(cache, draft);
      requireNoGit(paths.folder);
    },
    keeper: keeperOf(paths, displaced),
  });
  if (fingerprint === null) return false;
  await recordChanges(cache, draft, fingerprint);
  changed.apply();
  texts.put(dir, fingerprint, draft.written);
  return true;
}

/** What is deleted is kept for good: after the swap nobody could tell any more. */
async function keepRemoved(cache: Cache, { row, removed }: ChangesDraft): Promise<void> {
  if (removed.length === 0) return;
  await cache.transaction((tx) => keepRemovedRows(tx, row.id, removed));
}

async function recordChanges(
  cache: Cache,
  { row, revision, hash, base }: ChangesDraft,
  fingerprint: string,
): Promise<void> {
  const bookkeeping = {
    ...NOT_PENDING,
    ...seen(fingerprint, "clean", null),
    updated_at: new Date().toISOString(),
    written_rev: revision,
  };
  await cache.note((tx) => storeBaseChange(tx, row, hash, base, bookkeeping));
}
