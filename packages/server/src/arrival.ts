import {
  getCollection,
  messageOf,
  type Collection,
  type CollectionReport,
  type Home,
  type MutationOutcome,
} from "@skillmeat/core";
import type { Context } from "./context.ts";
import { recordMutation } from "./write-through.ts";

/** The reply for a collection that was imported or linked. */
export interface Arrival extends MutationOutcome {
  readonly collection: Collection;
  /** What came in; null where it could not be read, and `reason` says why. */
  readonly report: CollectionReport | null;
}

/**
 * Reads a collection that was imported or linked just now, and reports what came in. Its manifest is
 * not written but where something of it has to be. The collection is there whatever happens now, so that
 * what fails is an outcome.
 * @param path the procedure, for the log
 * @param started a value of `performance.now()`
 */
export async function settleArrival(
  ctx: Context,
  path: string,
  made: Collection,
  started: number,
): Promise<Arrival> {
  const { name } = made;
  const { report, ...outcome } = await readArrival(ctx.home, name);
  await recordMutation(ctx, path, name, outcome, started);
  const collection = await ctx.home
    .read((cache) => getCollection(cache, { collection: name }))
    .catch(() => made);
  return { collection, report, ...outcome, change: null };
}

async function readArrival(
  home: Home,
  name: string,
): Promise<Omit<Arrival, "collection" | "change">> {
  try {
    const [refreshed] = (await home.sync.readNew(name)).collections;
    const [status] = (await home.sync.status(name)).collections;
    const unresolvedMembers = status?.unresolvedMembers ?? [];
    const isSaved = status?.unsaved === 0;
    return {
      report: refreshed === undefined ? null : { ...refreshed, unresolvedMembers },
      saved: isSaved,
      reason: isSaved ? null : (status?.reason ?? null),
    };
  } catch (error) {
    return { report: null, saved: false, reason: messageOf(error) };
  }
}
