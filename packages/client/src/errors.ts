import { isTRPCClientError, type TRPCClientError } from "@trpc/client";
import type { AppRouter } from "./types.ts";

type CallError = TRPCClientError<AppRouter>;

/** An error that a procedure answered with: `data.reason` says which, `data.hint` what to do next. */
export type SkillmeatClientError = CallError & {
  readonly data: NonNullable<CallError["data"]>;
};

/**
 * Tells a procedure's own error from one of the network or of the program.
 * @param error whatever a call has thrown
 */
export function isSkillmeatError(error: unknown): error is SkillmeatClientError {
  if (!isTRPCClientError(error)) return false;
  const data: unknown = error.data;
  return (
    typeof data === "object" &&
    data !== null &&
    "reason" in data &&
    typeof data.reason === "string" &&
    "hint" in data &&
    typeof data.hint === "string"
  );
}
