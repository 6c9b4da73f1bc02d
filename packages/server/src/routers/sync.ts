import { collectionsInputSchema } from "@skillmeat/core/schema";
import { procedure, router } from "../trpc.ts";

export const syncRouter = router({
  status: procedure
    .input(collectionsInputSchema)
    .query(({ ctx, input }) => ctx.home.sync.status(input.collection)),
  flush: procedure
    .input(collectionsInputSchema)
    .mutation(({ ctx, input }) => ctx.home.sync.flush(input.collection)),
});
