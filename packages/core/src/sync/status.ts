import type { Cache } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import type { CollectionState, CollectionStatus } from "../schema/sync.ts";
import { fromJson } from "./bookkeeping.ts";
import { collectionPaths } from "../settings/collection-paths.ts";

/** How a collection stands, by its bookkeeping; the manifest is not looked at. */
export async function collectionStatus(
  cache: Cache,
  row: CollectionRow,
): Promise<CollectionStatus> {
  const unresolved = await cache.db
    .selectFrom("group_members")
    .innerJoin("groups", "groups.id", "group_members.group_id")
    .select(["groups.name as group", "ref"])
    .where("collection_id", "=", row.id)
    .where("artifact_id", "is", null)
    .orderBy("groups.position")
    .orderBy("group_members.position")
    .execute();
  const { losses } = await cache.db
    .selectFrom("losses")
    .select((eb) => eb.fn.countAll<number>().as("losses"))
    .where("collection_id", "=", row.id)
    .executeTakeFirstOrThrow();
  const unsaved = row.dirty_rev - row.written_rev;
  const { state, reason } = stateOf(row, unsaved);
  return {
    name: row.dir,
    state,
    reason,
    unsaved,
    dirtyRev: row.dirty_rev,
    writtenRev: row.written_rev,
    manifest: collectionPaths(cache.paths, row.dir).manifest,
    updatedAt: row.updated_at,
    pendingSince: row.pending_since,
    nextTry: row.next_try,
    unresolvedMembers: unresolved,
    losses,
    problems: [...fromJson(row.manifest_problems), ...fromJson(row.folder_problems)],
  };
}

/** The first that holds of missing, unreadable, pending, drifted, clean. */
function stateOf(
  row: CollectionRow,
  unsaved: number,
): { state: CollectionState; reason: string | null } {
  if (row.seen_state === "missing") return { state: "missing", reason: row.seen_reason };
  if (row.seen_state === "unreadable") return { state: "unreadable", reason: row.seen_reason };
  if (unsaved > 0) {
    return { state: "pending", reason: row.pending_reason ?? "not written yet" };
  }
  if (row.seen_state === "drifted") return { state: "drifted", reason: row.seen_reason };
  return { state: "clean", reason: null };
}
