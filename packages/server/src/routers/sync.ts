import {
  listLosses,
  resolveLosses,
  type CollectionSynced,
  type CollectionsInput,
} from "@skillmeat/core";
import {
  collectionsInputSchema,
  resolveInputSchema,
  syncInputSchema,
} from "@skillmeat/core/schema";
import type { Context } from "../context.ts";
import { procedure, router } from "../trpc.ts";
import { recordMutation } from "../write-through.ts";

/** Tells the log of what was brought together, unless that was a trial. */
async function logged(
  ctx: Context,
  path: string,
  dryRun: boolean,
  started: number,
  reply: { collections: CollectionSynced[] },
): Promise<{ collections: CollectionSynced[] }> {
  if (dryRun) return reply;
  for (const { name, saved, reason } of reply.collections) {
    await recordMutation(ctx, path, name, { saved, reason }, started);
  }
  return reply;
}

/** Losses stand in the cache, which must have read the manifests before. */
async function lossesOf({ home }: Context, input: CollectionsInput) {
  await (input.collection === undefined ? home.sync.readyAll() : home.sync.ready(input.collection));
  return home.read((cache) => listLosses(cache, input));
}

export const syncRouter = router({
  status: procedure
    .input(collectionsInputSchema)
    .query(({ ctx, input }) => ctx.home.sync.status(input.collection)),
  diff: procedure
    .input(collectionsInputSchema)
    .query(({ ctx, input }) => ctx.home.sync.diff(input.collection)),
  flush: procedure
    .input(collectionsInputSchema)
    .mutation(({ ctx, input }) => ctx.home.sync.flush(input.collection)),
  pull: procedure.input(syncInputSchema).mutation(async ({ ctx, input, path }) => {
    const started = performance.now();
    return logged(ctx, path, input.dryRun, started, await ctx.home.sync.pull(input));
  }),
  push: procedure.input(syncInputSchema).mutation(async ({ ctx, input, path }) => {
    const started = performance.now();
    return logged(ctx, path, input.dryRun, started, await ctx.home.sync.push(input));
  }),
  merge: procedure.input(syncInputSchema).mutation(async ({ ctx, input, path }) => {
    const started = performance.now();
    return logged(ctx, path, input.dryRun, started, await ctx.home.sync.merge(input));
  }),
  losses: procedure.input(collectionsInputSchema).query(({ ctx, input }) => lossesOf(ctx, input)),
  resolve: procedure
    .input(resolveInputSchema)
    .mutation(({ ctx, input }) => resolveLosses(ctx.home.cache, input)),
});
