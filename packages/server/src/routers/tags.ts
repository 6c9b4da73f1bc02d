import { createTag, deleteTag, getTag, listTags, updateTag } from "@skillmeat/core";
import {
  tagCreateInputSchema,
  tagDeleteInputSchema,
  tagGetInputSchema,
  tagListInputSchema,
  tagUpdateInputSchema,
} from "@skillmeat/core/schema";
import { collectionProcedure, mutationProcedure } from "../procedures.ts";
import { router } from "../trpc.ts";
import { unsaved } from "../write-through.ts";

const mutation = mutationProcedure("tags");

export const tagsRouter = router({
  list: collectionProcedure
    .input(tagListInputSchema)
    .query(({ ctx, input }) => listTags(ctx.home.cache, input)),
  get: collectionProcedure
    .input(tagGetInputSchema)
    .query(({ ctx, input }) => getTag(ctx.home.cache, input)),
  create: mutation
    .input(tagCreateInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ tag: await createTag(ctx.cache, input) })),
  update: mutation
    .input(tagUpdateInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ tag: await updateTag(ctx.cache, input) })),
  delete: mutation
    .input(tagDeleteInputSchema)
    .mutation(async ({ ctx, input }) => unsaved(await deleteTag(ctx.cache, input))),
});
