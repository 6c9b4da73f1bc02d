import { procedure, router } from "../trpc.ts";

export const systemRouter = router({
  /** Says whose home is served, so that a copied `server.json` is not taken for its copy's. */
  health: procedure.query(({ ctx }) => ({ ok: true, home: ctx.home.root, pid: process.pid })),
});
