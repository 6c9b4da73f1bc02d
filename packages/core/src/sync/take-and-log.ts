import { recordChange } from "../cache/changes.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import type { Manifest } from "../manifest/read.ts";
import type { HomePaths } from "../paths.ts";
import type { TouchedEntity } from "../schema/history.ts";
import type { ExternalEdits } from "../schema/settings.ts";
import { externalEditsOf } from "../settings/settings.ts";
import { EMPTY } from "./bookkeeping.ts";
import { readCacheRows } from "./cache-rows.ts";
import { recordLosses } from "./losses.ts";
import { touchedRows } from "./diff/touched-rows.ts";
import { takeIn, type TakenIn, type Taking } from "./take-in.ts";

/**
 * How what is found in a collection's manifest is taken, by the settings. The first reading after one
 * that could not be read merges in any case: what was done meanwhile on both sides stays. An empty file
 * is none of those: an editor that saves in place empties it for a moment, and whether that is met by
 * chance must not decide.
 */
export function takingOf(
  paths: HomePaths,
  { dir, seen_state, seen_reason }: Pick<CollectionRow, "dir" | "seen_state" | "seen_reason">,
): Exclude<Taking, "pull" | "push"> {
  if (policyOf(paths, dir) === "merge") return "merge";
  const wasAway = seen_state === "missing" && seen_reason !== EMPTY;
  return wasAway || seen_state === "unreadable" ? "mend" : "add";
}

/** Settings that cannot be read must not keep a person from the collection; the error is told elsewhere. */
function policyOf(paths: HomePaths, dir: string): ExternalEdits {
  try {
    return externalEditsOf(paths, dir);
  } catch {
    return "add";
  }
}

/**
 * As `takeIn`; what lost is listed, and what came, changed or went is logged as found in the files.
 * A recovery is no change.
 */
export async function takeAndLog(
  tx: CacheTransaction,
  collection: CollectionRow,
  root: string,
  manifest: Manifest,
  how: Taking,
): Promise<TakenIn> {
  const isRecovery = collection.base_hash === null;
  const before = isRecovery ? null : await readCacheRows(tx, collection.id);
  const taken = await takeIn(tx, collection, root, manifest, how);
  await recordLosses(tx, collection.id, "cache", taken.conflicts, null);
  if (before !== null) {
    const known = new Set(taken.touched.map(({ id }) => id));
    const curated = touchedRows(collection.dir, before, taken.rows).filter(
      ({ kind, id }) => kind !== "artifact" || !known.has(id),
    );
    await logFound(tx, collection.dir, [...curated, ...taken.touched]);
  }
  return taken;
}

/** Logs what was found in the files of a collection; nothing where nothing was. */
export async function logFound(
  tx: CacheTransaction,
  dir: string,
  touched: readonly TouchedEntity[],
): Promise<void> {
  if (touched.length === 0) return;
  const summary = `Found in the files: ${summaryOf(touched)}`;
  const images = null;
  await recordChange(tx, {
    dir,
    origin: "file",
    action: "file",
    summary,
    touched,
    images,
    undoes: null,
  });
}

function summaryOf(touched: readonly TouchedEntity[]): string {
  const [first] = touched;
  if (touched.length === 1 && first !== undefined) return entityText(first);
  const counts = new Map<string, number>();
  for (const { kind, change } of touched) {
    const what = `${kind}s ${change}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts]
    .map(([what, count]) => `${count} ${count === 1 ? what.replace("s ", " ") : what}`)
    .join(", ");
}

function entityText({ kind, name, change }: TouchedEntity): string {
  return kind === "collection" ? "another order" : `${kind} "${name}" ${change}`;
}
