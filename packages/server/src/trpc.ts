import { SkillmeatError } from "@skillmeat/core";
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

/** The procedure that all others build on: a SkillmeatError leaves it with the status it stands for. */
export const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof SkillmeatError) {
    throw toTrpcError(result.error.cause);
  }
  return result;
});
