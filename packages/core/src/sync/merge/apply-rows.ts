import { resolveMembers } from "../../cache/members.ts";
import type { CacheTransaction } from "../../cache/open.ts";
import { settleTags } from "../../cache/rematch-tags.ts";
import { ensureTags, pruneTags } from "../../cache/tags.ts";
import { readCacheRows, type CacheRows } from "../cache-rows.ts";
import { applyArtifacts } from "./apply-artifacts.ts";
import { applyGroups } from "./apply-groups.ts";
import { applyTags } from "./apply-tags.ts";
import type { MergeRows } from "./mergeable-rows.ts";

/**
 * Makes the rows of a collection those of a merge: groups and tag definitions in order, members, the
 * rows of `[[artifacts]]` and their tags. Rows that stay keep their ids; `dirty_rev` grows by one if
 * anything changed, so that the write-through writes it.
 * @param merged its ids are this cache's, of rows that are there or were once; null where it has no such row
 * @returns whether anything changed
 */
export async function applyRows(
  tx: CacheTransaction,
  collectionId: number,
  merged: MergeRows,
): Promise<boolean> {
  const before = await readCacheRows(tx, collectionId);
  const changed = await applyTags(tx, collectionId, merged.tags);
  await applyArtifacts(tx, collectionId, before.artifacts, merged.artifacts);
  await settleTags(tx, collectionId, changed, () => {});
  await ensureTags(tx, collectionId);
  await pruneTags(tx, collectionId);
  await applyGroups(tx, collectionId, merged.groups);
  await resolveMembers(tx, collectionId);
  if (contentOf(await readCacheRows(tx, collectionId)) === contentOf(before)) return false;
  await tx
    .updateTable("collections")
    .set((eb) => ({ dirty_rev: eb("dirty_rev", "+", 1) }))
    .where("id", "=", collectionId)
    .execute();
  return true;
}

/** All that the manifest is to hold, as one text to compare. */
function contentOf({ groups, tags, artifacts }: CacheRows): string {
  return JSON.stringify({ groups, tags, artifacts });
}
