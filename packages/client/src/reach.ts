import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "./types.ts";

/** As tRPC's own servers answer for an error that is not the caller's. */
const INTERNAL_SERVER_ERROR = -32603;

/**
 * As `fetch`, with an error of our own where there is no answer.
 * @throws TRPCClientError with the reason `unreachable`; what an aborted signal was given as its reason
 */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    // By the fetch standard a network error, and no other, is a TypeError.
    if (!(error instanceof TypeError)) throw error;
    // What Node says below its "fetch failed"; browsers say no more than that.
    throw unreachable(url, error.cause instanceof Error ? error.cause : error);
  }
}

/** The error of a server that does not answer. @param cause what the system says of it */
export function unreachable(url: string, cause: Error): TRPCClientError<AppRouter> {
  const message = `No SkillMeat server answers at ${new URL(url).origin}: ${reasonOf(cause)}`;
  const data = {
    code: "SERVICE_UNAVAILABLE" as const,
    httpStatus: 503,
    reason: "unreachable" as const,
    hint: "skillmeat serve",
  };
  return new TRPCClientError(message, {
    result: { error: { message, code: INTERNAL_SERVER_ERROR, data } },
    cause,
  });
}

function reasonOf(cause: Error): string {
  return cause.message === "" && "code" in cause ? String(cause.code) : cause.message;
}
