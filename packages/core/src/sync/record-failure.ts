import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import { pending, updateBookkeeping } from "./bookkeeping.ts";

/**
 * Notes that a collection could not be written, and why. Where even this fails, the outcome alone tells;
 * the revisions still show what is unsaved.
 */
export async function recordFailure(cache: Cache, dir: string, reason: string): Promise<void> {
  try {
    await cache.transaction(async (tx) => {
      const row = await requireCollection(tx, dir);
      await updateBookkeeping(tx, row.id, pending(row, reason, new Date()));
    });
  } catch {
    return;
  }
}
