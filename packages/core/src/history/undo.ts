import type { ChangeImages } from "../cache/change-images.ts";
import { openChangeLog, type ChangeLog } from "../cache/change-log.ts";
import { markDirty, requireCollection } from "../cache/commit.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { SkillmeatError } from "../errors.ts";
import { commandHint, quoted } from "../operations/suggest.ts";
import { withTrash } from "../operations/trash.ts";
import type { HistoryItem, HistoryUndoInput } from "../schema/history.ts";
import { readCacheRows } from "../sync/cache-rows.ts";
import { applyRows } from "../sync/merge/apply-rows.ts";
import { mergeRows } from "../sync/merge/merge-rows.ts";
import type { MergedRows, MergeRows, Origin } from "../sync/merge/mergeable-rows.ts";
import { returnRows, type RowKey } from "../sync/removed-rows.ts";
import { changesOf, toItem, type ListedChange } from "./list-changes.ts";
import { capitalised, conflictText, explainConflict, nameOf } from "./obstacles.ts";
import { undoSides } from "./sides.ts";
import { undoFiles, type FileMoves } from "./undo-files.ts";

/**
 * Takes a change back: by a three-way merge of the collection as it is with what the change touched as that
 * was before it, on the base of what that was after it. So what later changes did elsewhere stays. It
 * is a change itself, and can be undone.
 * @returns the change that was taken back, as it is listed now
 * @throws SkillmeatError `not-found` where there is no such change, or none to undo; `conflict` where it
 * was undone already, where later changes stand in the way, or where the place of files is taken;
 * `refused` where it cannot be undone at all. Nothing is changed then
 */
export async function undoChange(cache: Cache, input: HistoryUndoInput): Promise<HistoryItem> {
  const { undone, change } = await withTrash((moveToTrash, takeFromTrash) =>
    cache.transaction(async (tx) => {
      const collection = await requireCollection(tx, input.collection);
      const target = await findChange(tx, collection, input.id);
      const images = await readImages(tx, target);
      const { log, record } = openChangeLog(tx, collection);
      await log.all();
      log.summary(summaryOf(target));
      await takeBack(tx, collection, target, images, log, {
        paths: cache.paths,
        moveToTrash,
        takeFromTrash,
      });
      const id = await record("history.undo", target.id);
      if (id === null) throw nothingLeft(target);
      await mark(tx, target, id);
      return { undone: { ...target, undone_by: id }, change: id };
    }),
  );
  cache.onChange?.(change);
  return toItem(undone);
}

async function findChange(
  tx: CacheTransaction,
  { dir }: CollectionRow,
  id: number | undefined,
): Promise<ListedChange> {
  if (id === undefined) {
    const newest = await changesOf(tx, dir)
      .where("images", "is not", null)
      .where("undone_by", "is", null)
      .where("undoes", "is", null)
      .executeTakeFirst();
    if (newest !== undefined) return newest;
    throw new SkillmeatError(
      "not-found",
      `There is nothing to undo in the collection ${quoted(dir)}`,
      commandHint(dir, "history"),
    );
  }
  const change = await changesOf(tx, dir).where("id", "=", id).executeTakeFirst();
  if (change !== undefined) return change;
  throw new SkillmeatError(
    "not-found",
    `There is no change ${id} in the history of the collection ${quoted(dir)}`,
    commandHint(dir, "history"),
  );
}

async function readImages(tx: CacheTransaction, change: ListedChange): Promise<ChangeImages> {
  const { id, dir, undone_by } = change;
  if (undone_by !== null) {
    throw new SkillmeatError(
      "conflict",
      `${capitalised(nameOf(change))} was undone already, by change ${undone_by}`,
      `To do it again: ${commandHint(dir, `undo ${undone_by}`)}`,
    );
  }
  const { images } = await tx
    .selectFrom("changes")
    .select("images")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  if (images === null) {
    throw new SkillmeatError(
      "refused",
      `${capitalised(nameOf(change))} cannot be undone`,
      commandHint(dir, "history"),
    );
  }
  const read: ChangeImages = JSON.parse(images);
  return read;
}

async function takeBack(
  tx: CacheTransaction,
  collection: CollectionRow,
  target: ListedChange,
  images: ChangeImages,
  log: ChangeLog,
  moves: FileMoves,
): Promise<void> {
  const { base, ours, theirs } = undoSides(images, await readCacheRows(tx, collection.id));
  const { merged, conflicts } = mergeRows(base, ours, theirs, "ours");
  const { displayName } = images;
  const isRenamed = displayName !== null && displayName.after !== collection.display_name;
  const texts = [...conflicts.map(conflictText), ...(isRenamed ? ["the display name"] : [])];
  if (texts.length > 0) throw await explainConflict(tx, target, texts);
  await undoFiles(tx, collection, images, log, moves);
  const isChanged = await applyRows(tx, collection.id, inTermsOfCache(merged));
  await returnRows(tx, collection.id, comingBack(ours, merged));
  if (displayName !== null) {
    const name = displayName.before;
    await tx
      .updateTable("collections")
      .set({ display_name: name, given_name: name })
      .where("id", "=", collection.id)
      .execute();
  }
  if (!isChanged) await markDirty(tx, collection.id);
}

/** What was deleted since, and comes back, is what it was: it gets the id that it had. */
function inTermsOfCache({ groups, tags, artifacts }: MergedRows): MergeRows {
  return {
    groups: groups.map((group) => ({ ...group, id: group.ours ?? group.theirs })),
    tags: tags.map((tag) => ({ ...tag, id: tag.ours ?? tag.theirs })),
    artifacts,
  };
}

/** What was deleted since, and comes back with all that stood in its row of the manifest. */
function comingBack(now: MergeRows, { groups, tags, artifacts }: MergedRows): RowKey[] {
  const living = new Set(now.artifacts.map(({ artifact }) => artifact));
  const keysOf = (kind: RowKey["kind"], rows: readonly Origin<string | number>[]) =>
    rows.flatMap(({ ours, theirs }): RowKey[] =>
      ours === null && theirs !== null ? [{ kind, key: String(theirs) }] : [],
    );
  return [
    ...keysOf("group", groups),
    ...keysOf("tag", tags),
    ...artifacts.flatMap(({ artifact }): RowKey[] =>
      artifact === null || living.has(artifact) ? [] : [{ kind: "artifact", key: artifact }],
    ),
  ];
}

/** Undoing an undo is doing again what that had undone. */
function summaryOf({ summary, undoes }: ListedChange): string {
  if (undoes === null) return `Undid: ${summary}`;
  return summary.startsWith("Undid: ")
    ? `Redid: ${summary.slice("Undid: ".length)}`
    : `Undid: ${summary.slice("Redid: ".length)}`;
}

function nothingLeft(target: ListedChange): SkillmeatError {
  return new SkillmeatError(
    "conflict",
    `Nothing of ${nameOf(target)} is left to undo`,
    commandHint(target.dir, "history"),
  );
}

/** What an undo had taken back counts again once that is undone, and so on along the chain. */
async function mark(tx: CacheTransaction, target: ListedChange, by: number): Promise<void> {
  let undone: Pick<ListedChange, "id" | "undoes"> | undefined = target;
  let undoneBy: number | null = by;
  while (undone !== undefined) {
    const { id, undoes }: Pick<ListedChange, "id" | "undoes"> = undone;
    await tx.updateTable("changes").set({ undone_by: undoneBy }).where("id", "=", id).execute();
    undoneBy = undoneBy === null ? id : null;
    if (undoes === null) return;
    undone = await changesOf(tx, target.dir).where("id", "=", undoes).executeTakeFirst();
  }
}
