import { isTRPCClientError } from "@trpc/client";
import type { ErrorCode } from "@skillmeat/core";

/** What is printed of an error, as text or as `{"error": …}`. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** An error that the command line itself finds. */
export class CliError extends Error implements Failure {
  override readonly name = "CliError";
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint = "", options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** The exit codes that are not 1, by the error's code (STYLEGUIDE, "Exit codes"). */
const EXIT_CODES: Record<string, number> = { "invalid-input": 2, "not-found": 3, conflict: 4 };

/** The exit code that a failure stands for. */
export function exitCodeOf({ code }: Failure): number {
  return EXIT_CODES[code] ?? 1;
}

/** What to print of anything that was thrown, wherever it comes from. */
export function toFailure(error: unknown): Failure {
  if (isTRPCClientError(error)) return fromCall(error);
  // Errors of the core come here where no procedure stands between, such as when a home is opened.
  if (isFailure(error)) return { code: error.code, message: error.message, hint: error.hint };
  return {
    code: "internal",
    message: `Something unexpected went wrong: ${error instanceof Error ? error.message : String(error)}`,
    hint: "",
  };
}

function fromCall(error: Error & { data?: unknown }): Failure {
  const { data } = error;
  if (typeof data === "object" && data !== null && "reason" in data && "hint" in data) {
    return { code: String(data.reason), message: error.message, hint: String(data.hint) };
  }
  return {
    code: "unreachable",
    message: `The connection to the server was lost: ${error.message}`,
    hint: "skillmeat status",
  };
}

function isFailure(error: unknown): error is Error & Failure {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    "hint" in error &&
    typeof error.hint === "string"
  );
}
