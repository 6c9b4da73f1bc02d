import { listChanges, undoChange } from "@skillmeat/core";
import { historyListInputSchema, historyUndoInputSchema } from "@skillmeat/core/schema";
import { collectionProcedure, mutationProcedure } from "../procedures.ts";
import { router } from "../trpc.ts";
import { unsaved } from "../write-through.ts";

export const historyRouter = router({
  list: collectionProcedure
    .input(historyListInputSchema)
    .query(({ ctx, input }) => listChanges(ctx.home.cache, input)),
  undo: mutationProcedure("collections")
    .input(historyUndoInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ undone: await undoChange(ctx.cache, input) })),
});
