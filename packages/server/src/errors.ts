import { SkillmeatError, type ErrorCode } from "@skillmeat/core";
import { TRPCError, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { isAbsolute } from "node:path";
import { ZodError } from "zod";

/** What a client is told of an error; `reason` is the code that programs switch on. */
export interface ErrorReport {
  readonly message: string;
  readonly reason: ErrorCode;
  readonly hint: string;
}

const TRPC_CODES: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  "invalid-input": "BAD_REQUEST",
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  "manifest-unreadable": "PRECONDITION_FAILED",
  "manifest-missing": "PRECONDITION_FAILED",
  "not-saved": "PRECONDITION_FAILED",
  "unsaved-changes": "PRECONDITION_FAILED",
  "foreign-cache": "PRECONDITION_FAILED",
  "cache-unusable": "INTERNAL_SERVER_ERROR",
  refused: "FORBIDDEN",
  unreachable: "SERVICE_UNAVAILABLE",
  "unsupported-node": "INTERNAL_SERVER_ERROR",
  internal: "INTERNAL_SERVER_ERROR",
};

/** The reasons of errors that tRPC itself raises; any other is `internal`. */
const REASONS: Partial<Record<TRPC_ERROR_CODE_KEY, ErrorCode>> = {
  BAD_REQUEST: "invalid-input",
  PARSE_ERROR: "invalid-input",
  METHOD_NOT_SUPPORTED: "invalid-input",
  UNSUPPORTED_MEDIA_TYPE: "invalid-input",
  PAYLOAD_TOO_LARGE: "invalid-input",
  NOT_FOUND: "not-found",
  FORBIDDEN: "refused",
  UNAUTHORIZED: "refused",
};

/** The tRPC error for one of ours: the same message, and the HTTP status that its code stands for. */
export function toTrpcError(error: SkillmeatError): TRPCError {
  return new TRPCError({ code: TRPC_CODES[error.code], message: error.message, cause: error });
}

/**
 * What a client is told of an error: no stack, no dump, and no absolute path outside the home and its
 * linked collections but those that it named itself.
 * @param folders the home's folder and the linked ones; none where no context could be made
 * @param input what the client sent
 */
export function reportError(
  error: TRPCError,
  folders: readonly string[],
  input?: unknown,
): ErrorReport {
  const { message, reason, hint } = describeError(error);
  const known = [...folders, ...pathsIn(input)];
  return { message: hideForeignPaths(message, known), reason, hint: hideForeignPaths(hint, known) };
}

function describeError(error: TRPCError): ErrorReport {
  const { cause } = error;
  if (cause instanceof SkillmeatError) {
    return { message: cause.message, reason: cause.code, hint: cause.hint };
  }
  if (cause instanceof ZodError) {
    return { message: describeIssues(cause), reason: "invalid-input", hint: "" };
  }
  const reason = REASONS[error.code] ?? "internal";
  if (reason !== "internal") return { message: error.message, reason, hint: "" };
  const message = `Something unexpected went wrong: ${error.message}`;
  return { message, reason, hint: "skillmeat status" };
}

/** What is wrong with an input, in one line: each field with what it must be. */
function describeIssues(error: ZodError): string {
  const lines = error.issues.map(({ path, message }) => {
    const field = path.map(String).join(".");
    return field === "" ? message : `${field}: ${message}`;
  });
  return [...new Set(lines)].join("; ");
}

/** A message with each absolute path that is not one of the known ones, nor below one, replaced by an ellipsis. */
export function hideForeignPaths(message: string, known: readonly string[]): string {
  const kept = known.map((path) => `${escapePattern(path)}(?![^${PATH_END}/\\\\])`);
  const paths = [...kept, "(?:[A-Za-z]:)?[/\\\\]"].join("|");
  const pattern = new RegExp(`(?<![\\w.])(?:${paths})[^${PATH_END}]*`, "g");
  return message.replace(pattern, (path) => {
    if (path.length === 1) return path;
    return known.some((folder) => isBelow(path, folder)) ? path : "…";
  });
}

/** What ends a path in a message; a path that is known may hold it, too. */
const PATH_END = "\\s'\"`:;,)";

/** The absolute paths in what a client sent. */
function pathsIn(input: unknown): string[] {
  if (typeof input === "string") return isAbsolute(input) ? [input] : [];
  if (typeof input !== "object" || input === null) return [];
  return Object.values(input).flatMap(pathsIn);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
