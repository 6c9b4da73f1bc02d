import {
  addArtifacts,
  getArtifact,
  listArtifacts,
  readContent,
  removeArtifact,
  setArtifactTags,
  tagArtifacts,
} from "@skillmeat/core";
import {
  artifactAddInputSchema,
  artifactGetInputSchema,
  artifactListInputSchema,
  artifactRemoveInputSchema,
  artifactSetTagsInputSchema,
  artifactTagManyInputSchema,
} from "@skillmeat/core/schema";
import { collectionProcedure, mutationProcedure } from "../procedures.ts";
import { router } from "../trpc.ts";
import { unsaved } from "../write-through.ts";

const mutation = mutationProcedure("artifacts");

export const artifactsRouter = router({
  list: collectionProcedure
    .input(artifactListInputSchema)
    .query(({ ctx, input }) => listArtifacts(ctx.home.cache, input)),
  get: collectionProcedure
    .input(artifactGetInputSchema)
    .query(({ ctx, input }) => getArtifact(ctx.home.cache, input)),
  content: collectionProcedure
    .input(artifactGetInputSchema)
    .query(({ ctx, input }) => readContent(ctx.home.cache, input)),
  add: mutation
    .input(artifactAddInputSchema)
    .mutation(async ({ ctx, input }) => unsaved(await addArtifacts(ctx.cache, input))),
  remove: mutation
    .input(artifactRemoveInputSchema)
    .mutation(async ({ ctx, input }) => unsaved(await removeArtifact(ctx.cache, input))),
  tagMany: mutation
    .input(artifactTagManyInputSchema)
    .mutation(async ({ ctx, input }) =>
      unsaved({ artifacts: await tagArtifacts(ctx.cache, input) }),
    ),
  setTags: mutation
    .input(artifactSetTagsInputSchema)
    .mutation(async ({ ctx, input }) =>
      unsaved({ artifact: await setArtifactTags(ctx.cache, input) }),
    ),
});
