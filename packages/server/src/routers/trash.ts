import {
  findInTrash,
  listTrash,
  restoreArtifact,
  restoreCollection,
  type Artifact,
  type Collection,
  type MutationOutcome,
  type TrashItem,
} from "@skillmeat/core";
import { trashListInputSchema, trashRestoreInputSchema } from "@skillmeat/core/schema";
import { settleArrival } from "../arrival.ts";
import type { Context } from "../context.ts";
import { beginCall, settle } from "../procedures.ts";
import { procedure, router } from "../trpc.ts";

/** What came back: an artifact, or a collection. */
export interface Restored extends MutationOutcome {
  readonly artifact: Artifact | null;
  readonly collection: Collection | null;
}

async function settleArtifact(ctx: Context, path: string, item: TrashItem): Promise<Restored> {
  await ctx.home.sync.ready(item.collection);
  const call = beginCall(ctx);
  const artifact = await restoreArtifact(call.cache, item);
  const outcome = await settle(ctx, "artifacts", path, item.collection, call);
  return { artifact, collection: null, ...outcome };
}

async function settleCollection(
  ctx: Context,
  path: string,
  item: TrashItem,
  as: string | undefined,
): Promise<Restored> {
  const { cache, started } = beginCall(ctx);
  const made = await restoreCollection(cache, item, as);
  const { report: _, ...reply } = await settleArrival(ctx, path, made, started);
  return { artifact: null, ...reply };
}

export const trashRouter = router({
  list: procedure
    .input(trashListInputSchema)
    .query(({ ctx, input }) => listTrash(ctx.home.paths, input)),
  restore: procedure.input(trashRestoreInputSchema).mutation(({ ctx, input, path }) => {
    const item = findInTrash(ctx.home.paths, input);
    return item.kind === "artifact"
      ? settleArtifact(ctx, path, item)
      : settleCollection(ctx, path, item, input.as);
  }),
});
