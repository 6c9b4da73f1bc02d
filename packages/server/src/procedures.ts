import { tellChanges, type Cache, type MutationOutcome } from "@skillmeat/core";
import { collectionNameSchema, collectionRefSchema } from "@skillmeat/core/schema";
import { z } from "zod";
import type { Context } from "./context.ts";
import { procedure } from "./trpc.ts";
import { recordMutation, writeThrough, type Noun } from "./write-through.ts";

/**
 * A procedure on one collection. It runs once the collection's manifest has been read by this cache:
 * a query then answers what the file says, and a mutation cannot wipe what the cache never saw.
 */
export const collectionProcedure = procedure
  .input(z.object({ collection: collectionRefSchema }))
  .use(async ({ ctx, input, next }) => {
    await ctx.home.sync.ready(input.collection);
    return next();
  });

/**
 * A mutation of one collection. Once it is committed, and before the reply, the manifest is written;
 * whether that succeeded is in the reply as `saved` and `reason`, and as `change` what undoes it. Its
 * resolver works on `ctx.cache` and returns `unsaved(…)`.
 */
export function mutationProcedure(noun: Noun) {
  return collectionProcedure.use(async ({ ctx, input, path, next }) => {
    const call = beginCall(ctx);
    const result = await next({ ctx: { cache: call.cache } });
    if (!result.ok) return result;
    const outcome = await settle(ctx, noun, path, input.collection, call);
    return { ...result, data: Object.assign({}, result.data, outcome) };
  });
}

/**
 * A mutation of the collection that `to` names, by what `collection` holds: both are read before, and
 * the manifest of the first is written.
 */
export function copyProcedure(noun: Noun) {
  return collectionProcedure
    .input(z.object({ to: collectionNameSchema }))
    .use(async ({ ctx, input, path, next }) => {
      await ctx.home.sync.ready(input.to);
      const call = beginCall(ctx);
      const result = await next({ ctx: { cache: call.cache } });
      if (!result.ok) return result;
      const outcome = await settle(ctx, noun, path, input.to, call);
      return { ...result, data: Object.assign({}, result.data, outcome) };
    });
}

/** One call that changes something. */
export interface MutationCall {
  /** A value of `performance.now()`. */
  readonly started: number;
  /** What it works on, and what that is a handle of. */
  readonly cache: Cache;
  readonly committedTo: Cache;
  /** The change that it logged; null where there is none. */
  change(): number | null;
}

/** Begins a call that changes something. */
export function beginCall({ home }: Context): MutationCall {
  let change: number | null = null;
  return {
    started: performance.now(),
    cache: tellChanges(home.cache, (id) => (change = id)),
    committedTo: home.cache,
    change: () => change,
  };
}

/** Writes what a call changed to the manifest, and tells the log of it. @returns what the reply says of that */
export async function settle(
  ctx: Context,
  noun: Noun,
  path: string,
  collection: string,
  { started, committedTo, change }: MutationCall,
): Promise<MutationOutcome> {
  const outcome = await writeThrough(ctx.home, noun, collection, committedTo);
  await recordMutation(ctx, path, collection, outcome, started);
  return { ...outcome, change: change() };
}
