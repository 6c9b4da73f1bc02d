import type { Cache, WriteOutcome } from "@skillmeat/core";
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
 * whether that succeeded is in the reply as `saved` and `reason`. Its resolver returns `unsaved(…)`.
 */
export function mutationProcedure(noun: Noun) {
  return collectionProcedure.use(async ({ ctx, input, path, next }) => {
    const started = performance.now();
    const { cache } = ctx.home;
    const result = await next();
    if (!result.ok) return result;
    const outcome = await settle(ctx, noun, path, input.collection, cache, started);
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
      const started = performance.now();
      await ctx.home.sync.ready(input.to);
      const { cache } = ctx.home;
      const result = await next();
      if (!result.ok) return result;
      const outcome = await settle(ctx, noun, path, input.to, cache, started);
      return { ...result, data: Object.assign({}, result.data, outcome) };
    });
}

async function settle(
  ctx: Context,
  noun: Noun,
  path: string,
  collection: string,
  committedTo: Cache,
  started: number,
): Promise<WriteOutcome> {
  const outcome = await writeThrough(ctx.home, noun, collection, committedTo);
  await recordMutation(ctx, path, collection, outcome, started);
  return outcome;
}
