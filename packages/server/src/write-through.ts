import {
  messageOf,
  readRevision,
  type Cache,
  type Home,
  type MutationOutcome,
  type WriteOutcome,
} from "@skillmeat/core";
import type { Context } from "./context.ts";

/** The nouns whose mutations are written to the manifest. */
export type Noun = "collections" | "groups" | "tags" | "artifacts";

/**
 * The reply of a mutation that is committed and not written yet. The middleware replaces `saved`,
 * `reason` and `change`; they stand here so that the reply's type tells of them.
 */
export function unsaved<T extends object>(reply: T): T & MutationOutcome {
  return { ...reply, saved: false, reason: null, change: null };
}

/**
 * Writes what is unsaved in a collection to its manifest.
 * @param committedTo the cache that the mutation was committed to
 * @returns whether the manifest holds it now; a write that fails is an outcome, not an error, since the
 *   mutation stands in the cache
 * @throws SkillmeatError `cache-unusable` where the mutation was lost with a cache that broke meanwhile
 */
export async function writeThrough(
  home: Home,
  noun: Noun,
  collection: string,
  committedTo: Cache = home.cache,
): Promise<WriteOutcome> {
  const outcome = await syncOf(home, noun, collection).catch((error: unknown) => {
    return { saved: false, reason: messageOf(error) };
  });
  home.requireKept(committedTo, collection);
  return outcome;
}

function syncOf({ sync }: Home, noun: Noun, collection: string): Promise<WriteOutcome> {
  switch (noun) {
    case "collections":
      return sync.syncCollection(collection);
    case "groups":
      return sync.syncGroups(collection);
    case "tags":
      return sync.syncTagDefinitions(collection);
    case "artifacts":
      return sync.syncArtifacts(collection);
  }
}

/** Tells followers and the log of a mutation that began at `started`, a value of `performance.now()`. */
export async function recordMutation(
  ctx: Context,
  path: string,
  collection: string,
  outcome: WriteOutcome,
  started: number,
): Promise<void> {
  ctx.events.wake();
  if (ctx.onMutation === undefined) return;
  const milliseconds = Math.round((performance.now() - started) * 10) / 10;
  const revision = await revisionOf(ctx.home, collection);
  ctx.onMutation({ path, collection, revision, ...outcome, milliseconds });
}

/**
 * How many mutations of a collection the cache has seen; null where the collection is gone, or the
 * cache cannot say: the log must not fail what is done.
 */
async function revisionOf({ cache }: Home, collection: string): Promise<number | null> {
  try {
    return await readRevision(cache, collection);
  } catch {
    return null;
  }
}
