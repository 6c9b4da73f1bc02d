import { isCacheLost, readableLinks, SkillmeatError, type Home } from "@skillmeat/core";
import { initTRPC } from "@trpc/server";
import type { Context } from "./context.ts";
import { reportError, toTrpcError } from "./errors.ts";

const t = initTRPC.context<Context>().create({
  // Else tRPC sends stacks wherever NODE_ENV is not "production".
  isDev: false,
  // A client takes a connection over which nothing came for so long for lost.
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 45_000 },
  },
  errorFormatter({ shape, error, ctx, input }) {
    const known = ctx === undefined ? [] : foldersOf(ctx.home);
    const { message, reason, hint } = reportError(error, known, input);
    return { ...shape, message, data: { ...shape.data, reason, hint } };
  },
});

export const { router } = t;

/** The home, and the folders of its linked collections. */
function foldersOf({ root, paths }: Home): string[] {
  return [root, ...readableLinks(paths).map((link) => link.path)];
}

/** How often a call is begun anew where the cache is deleted or broken under it. */
const TRIES = 4;

/**
 * The procedure that all others build on. A call under which the cache was lost is begun anew on
 * another one: nothing of it was committed. A SkillmeatError leaves it with the status it stands for.
 */
export const procedure = t.procedure.use(async ({ ctx, next }) => {
  let { cache } = ctx.home;
  let result = await next();
  for (let tries = 1; !result.ok && isCacheLost(result.error.cause) && tries < TRIES; tries += 1) {
    await ctx.home.heal(cache);
    ({ cache } = ctx.home);
    result = await next();
  }
  if (!result.ok && result.error.cause instanceof SkillmeatError) {
    throw toTrpcError(result.error.cause);
  }
  return result;
});
