import type { CacheTransaction } from "../cache/open.ts";
import type { LossesTable } from "../cache/tables.ts";
import type { Manifest } from "../manifest/read.ts";
import type { Conflict, ListDifference } from "../schema/sync.ts";
import type { CacheRows } from "./cache-rows.ts";
import { diffRows, type RowDifference } from "./diff/diff-rows.ts";
import { keepNewest } from "./keep-newest.ts";
import { inTermsOfCache, mergeWithFile } from "./merge/merge-file.ts";
import { artifactsOf, mergeableCache } from "./merge/to-mergeable.ts";
import type { OwnedRows } from "./owned-rows.ts";

/** How many losses a collection keeps; the oldest go first. */
const KEPT = 1_000;

/**
 * What somebody changed in a manifest, and a write of the cache's rows takes away: all that a merge
 * would have brought.
 */
export function lossesOfFile(base: OwnedRows, rows: CacheRows, manifest: Manifest): Conflict[] {
  const { merged } = mergeWithFile(base, rows, manifest);
  const cache = mergeableCache(rows, artifactsOf(base, rows));
  return diffRows(cache, inTermsOfCache(merged)).flatMap(lossesOf);
}

function lossesOf({ kind, name, change, fields = {} }: RowDifference): Conflict[] {
  const row = { kind, name, field: "row" };
  if (change === "added") return [{ ...row, kept: "deleted", lost: "changed" }];
  if (change === "removed") return [{ ...row, kept: "kept", lost: "deleted" }];
  return Object.entries(fields).map(([field, value]) =>
    "added" in value
      ? { ...row, field, kept: value.cache.join(", "), lost: listText(value) }
      : { ...row, field, kept: value.cache, lost: value.manifest },
  );
}

/** What was done to a list; of one that was reordered alone, its order. */
function listText({ added, removed, manifest }: ListDifference): string {
  if (added.length + removed.length === 0) return manifest.join(", ");
  const parts = [
    added.length === 0 ? "" : `added ${added.join(", ")}`,
    removed.length === 0 ? "" : `removed ${removed.join(", ")}`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}

/**
 * Lists values that lost, until a person has seen them. One that is listed already is not listed twice.
 * @param side whose values they are
 * @param backup the id of the backup that holds them; null where none does
 */
export async function recordLosses(
  tx: CacheTransaction,
  collectionId: number,
  side: LossesTable["side"],
  losses: readonly Conflict[],
  backup: string | null,
): Promise<void> {
  const at = new Date().toISOString();
  for (const { kind, name, field, kept, lost } of losses) {
    const loss = { collection_id: collectionId, side, kind, name, field, lost };
    const old = tx.deleteFrom("losses").where((eb) => eb.and(loss));
    await old.execute();
    await tx
      .insertInto("losses")
      .values({ ...loss, at, kept, backup })
      .execute();
  }
  if (losses.length === 0) return;
  await keepNewest(tx, "losses", collectionId, KEPT);
}
