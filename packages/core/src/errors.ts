/** What went wrong, in one word that programs can rely on. */
export type ErrorCode =
  | "invalid-input"
  | "not-found"
  | "conflict"
  | "manifest-unreadable"
  | "manifest-missing"
  | "not-saved"
  | "unsaved-changes"
  | "foreign-cache"
  | "cache-unusable"
  | "refused"
  | "unreachable"
  | "unsupported-node"
  | "internal";

/**
 * The one error class of SkillMeat. `message` says what happened and why in words that a person
 * understands; `hint` says what to do next, as a command where there is one.
 */
export class SkillmeatError extends Error {
  override readonly name = "SkillmeatError";
  readonly code: ErrorCode;
  readonly hint: string;

  /**
   * @param code what programs switch on
   * @param message what happened and why, one sentence without a final full stop
   * @param hint what to do next; empty where nothing can be done
   */
  constructor(code: ErrorCode, message: string, hint = "", options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** What libuv, and so Node, has no word for: EDQUOT, on Linux. */
const QUOTA = "Unknown system error -122";

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(QUOTA, "disk quota exceeded");
}

/** The `code` that Node and SQLite put on their errors (`ENOENT`, `SQLITE_BUSY`), or "". */
export function systemCode(error: unknown): string {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return "";
  return error.code === QUOTA ? "EDQUOT" : error.code;
}
