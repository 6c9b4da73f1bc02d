import type { Updateable } from "kysely";
import type { CacheTransaction } from "../cache/open.ts";
import type { CollectionRow, CollectionsTable } from "../cache/tables.ts";
import type { Manifest } from "../manifest/read.ts";
import type { Fingerprint } from "../manifest/store/read-file.ts";
import type { CollectionState, Problem } from "../schema/sync.ts";

/** Changes the bookkeeping of one collection. */
export async function updateBookkeeping(
  tx: CacheTransaction,
  id: number,
  change: Updateable<CollectionsTable>,
): Promise<void> {
  await tx.updateTable("collections").set(change).where("id", "=", id).execute();
}

/** What was found at the manifest's path, so that it is read again only when that changes. */
export function seen(
  fingerprint: Fingerprint,
  state: CollectionState,
  reason: string | null,
): Updateable<CollectionsTable> {
  return { seen_stat: fingerprint, seen_state: state, seen_reason: reason };
}

/**
 * What a readable manifest says of its collection. A display name that was given here stands until the
 * manifest holds it; from then on it is the manifest's again.
 */
export function described(manifest: Manifest, row: CollectionRow): Updateable<CollectionsTable> {
  const { name, version, created } = manifest.collection;
  const isKept = name === "" || (row.given_name !== null && row.given_name !== name);
  return {
    ...(isKept ? {} : { display_name: name, given_name: null }),
    ...(version === "" ? {} : { version }),
    ...(created === "" ? {} : { created }),
    manifest_problems: toJson(manifest.problems),
    updated_at: new Date().toISOString(),
  };
}

/** Why a manifest counts as missing that is there. */
export const EMPTY = "collection.toml is empty";

export const NOT_PENDING = {
  pending_reason: null,
  pending_since: null,
  next_try: null,
  attempts: 0,
};

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/** A write that did not come about: why, since when, and the next try after a growing pause. */
export function pending(
  row: CollectionRow,
  reason: string,
  now: Date,
): Updateable<CollectionsTable> {
  const pause =
    Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** row.attempts) * (0.75 + Math.random() / 2);
  return {
    pending_reason: reason,
    pending_since: row.pending_since ?? now.toISOString(),
    next_try: new Date(now.getTime() + pause).toISOString(),
    attempts: row.attempts + 1,
  };
}

/** A list of problems as a column holds it. */
export function toJson(problems: readonly Problem[]): string {
  return JSON.stringify(problems);
}

/** The problems of a column. */
export function fromJson(json: string): Problem[] {
  const problems: Problem[] = JSON.parse(json);
  return problems;
}

/** A problem as a person reads it: `collection.toml:3:7 message`. */
export function problemText({ file, line, column, message }: Problem): string {
  return line === 0 ? `${file}: ${message}` : `${file}:${line}:${column} ${message}`;
}
