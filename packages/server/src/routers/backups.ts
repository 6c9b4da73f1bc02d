import { getBackup, listBackups } from "@skillmeat/core";
import { backupGetInputSchema, backupListInputSchema } from "@skillmeat/core/schema";
import { collectionProcedure } from "../procedures.ts";
import { procedure, router } from "../trpc.ts";
import { recordMutation } from "../write-through.ts";

export const backupsRouter = router({
  list: collectionProcedure
    .input(backupListInputSchema)
    .query(({ ctx, input }) => listBackups(ctx.home.cache, input)),
  get: collectionProcedure
    .input(backupGetInputSchema)
    .query(({ ctx, input }) => getBackup(ctx.home.cache, input)),
  restore: procedure.input(backupGetInputSchema).mutation(async ({ ctx, input, path }) => {
    const started = performance.now();
    const reply = await ctx.home.sync.restore(input);
    const { saved, reason } = reply;
    await recordMutation(ctx, path, reply.name, { saved, reason }, started);
    return reply;
  }),
});
