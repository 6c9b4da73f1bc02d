import { isCacheLost, SkillmeatError } from "@skillmeat/core";
import { initTRPC } from "@trpc/server";
import type { Context } from "./context.ts";
import { reportError, toTrpcError } from "./errors.ts";

const t = initTRPC.context<Context>().create({
  // Else tRPC sends stacks wherever NODE_ENV is not "production".
  isDev: false,
  errorFormatter({ shape, error, ctx, input }) {
    const { message, reason, hint } = reportError(error, ctx?.home.root, input);
    return { ...shape, message, data: { ...shape.data, reason, hint } };
  },
});

export const { router } = t;

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
