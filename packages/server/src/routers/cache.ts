import { collectionsInputSchema, resetInputSchema } from "@skillmeat/core/schema";
import { procedure, router } from "../trpc.ts";

export const cacheRouter = router({
  refresh: procedure
    .input(collectionsInputSchema)
    .mutation(({ ctx, input }) => ctx.home.sync.refresh(input.collection)),
  reset: procedure.input(resetInputSchema).mutation(({ ctx, input }) => ctx.home.sync.reset(input)),
  status: procedure
    .input(collectionsInputSchema)
    .query(({ ctx, input }) => ctx.home.sync.status(input.collection)),
});
