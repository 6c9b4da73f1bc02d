import {
  createCollection,
  deleteCollection,
  getCollection,
  importCollection,
  linkCollection,
  listCollections,
  messageOf,
  unsavedCollection,
  updateCollection,
  type Collection,
  type CollectionDeleteInput,
  type DeletedCollection,
  type Home,
  type MutationOutcome,
  type WriteOutcome,
} from "@skillmeat/core";
import {
  collectionCreateInputSchema,
  collectionDeleteInputSchema,
  collectionGetInputSchema,
  collectionImportInputSchema,
  collectionLinkInputSchema,
  collectionUpdateInputSchema,
} from "@skillmeat/core/schema";
import { settleArrival } from "../arrival.ts";
import type { Context } from "../context.ts";
import { collectionProcedure, mutationProcedure } from "../procedures.ts";
import { procedure, router } from "../trpc.ts";
import { recordMutation, unsaved, writeThrough } from "../write-through.ts";

/**
 * Reads a collection that has just come, and replies as every mutation does. It is there whatever
 * happens now, so that what fails is an outcome.
 */
async function settle(
  ctx: Context,
  path: string,
  made: Collection,
  started: number,
): Promise<{ collection: Collection } & MutationOutcome> {
  const { name } = made;
  const outcome = await readAndWrite(ctx.home, name);
  await recordMutation(ctx, path, name, outcome, started);
  const collection = await ctx.home
    .read((cache) => getCollection(cache, { collection: name }))
    .catch(() => made);
  return { collection, ...outcome, change: null };
}

async function readAndWrite(home: Home, name: string): Promise<WriteOutcome> {
  try {
    await home.sync.ready(name);
    return await writeThrough(home, "collections", name);
  } catch (error) {
    return { saved: false, reason: messageOf(error) };
  }
}

/**
 * Writes what the manifest does not hold yet, so that it is in the trash with the folder, or in the
 * linked folder, which stays; a linked one that holds everything is not touched.
 */
async function saveAndDelete(
  ctx: Context,
  path: string,
  input: CollectionDeleteInput,
): Promise<DeletedCollection & MutationOutcome> {
  const started = performance.now();
  const { linked } = await getCollection(ctx.home.cache, { collection: input.collection });
  const { saved, reason } = linked
    ? await flush(ctx.home, input.collection)
    : await writeThrough(ctx.home, "collections", input.collection);
  if (!saved && !input.force) throw unsavedCollection(input.collection, reason ?? "");
  const deleted = await deleteCollection(ctx.home.cache, input);
  const outcome = { saved: true, reason: null };
  await recordMutation(ctx, path, deleted.collection.name, outcome, started);
  return { ...deleted, ...outcome, change: null };
}

async function flush(home: Home, name: string): Promise<WriteOutcome> {
  const [outcome] = (await home.sync.flush(name)).collections;
  return outcome ?? { saved: true, reason: null };
}

export const collectionsRouter = router({
  list: procedure.query(async ({ ctx }) => {
    await ctx.home.sync.readyAll();
    return listCollections(ctx.home.cache);
  }),
  get: collectionProcedure
    .input(collectionGetInputSchema)
    .query(({ ctx, input }) => getCollection(ctx.home.cache, input)),
  create: procedure.input(collectionCreateInputSchema).mutation(async ({ ctx, input, path }) => {
    const started = performance.now();
    return settle(ctx, path, await createCollection(ctx.home.cache, input), started);
  }),
  import: procedure.input(collectionImportInputSchema).mutation(async ({ ctx, input, path }) => {
    const started = performance.now();
    return settleArrival(ctx, path, await importCollection(ctx.home.cache, input), started);
  }),
  link: procedure.input(collectionLinkInputSchema).mutation(async ({ ctx, input, path }) => {
    const started = performance.now();
    return settleArrival(ctx, path, await linkCollection(ctx.home.cache, input), started);
  }),
  update: mutationProcedure("collections")
    .input(collectionUpdateInputSchema)
    .mutation(async ({ ctx, input }) =>
      unsaved({ collection: await updateCollection(ctx.cache, input) }),
    ),
  delete: collectionProcedure
    .input(collectionDeleteInputSchema)
    .mutation(({ ctx, input, path }) => saveAndDelete(ctx, path, input)),
});
