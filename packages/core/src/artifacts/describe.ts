import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { messageOf, systemCode } from "../errors.ts";
import { isRecord, NO_FIELDS, takeFields, type Fields } from "./fields.ts";
import { MAX_FRONTMATTER_BYTES, readFrontmatter, type FrontmatterProblem } from "./frontmatter.ts";
import type { FoundEntry } from "./tree.ts";

const MAX_JSON_BYTES = 1024 * 1024;
/** The frontmatter, its two `---` lines, and enough to see that it is too long. */
const HEAD_BYTES = MAX_FRONTMATTER_BYTES + 1024;

/** What a file says of its artifact. A place of 0:0 is the file as a whole. */
export interface Description {
  readonly data: Fields;
  readonly problem: FrontmatterProblem | null;
  /** Whether the system did not let it be read, which may be otherwise next time. */
  readonly isUnread?: true;
}

/**
 * Reads the title, description and tags of an artifact from a Markdown file's frontmatter or a JSON
 * file's root object; other files say nothing. Never throws: what cannot be read is a problem.
 * @param file a link must have been followed before
 */
export function describeFile(file: Pick<FoundEntry, "real" | "stat">): Description {
  try {
    if (/\.md$/i.test(file.real)) return readFrontmatter(readStart(file, HEAD_BYTES));
    if (/\.json$/i.test(file.real)) return describeJson(readStart(file, MAX_JSON_BYTES + 1));
    return { data: NO_FIELDS, problem: null };
  } catch (error) {
    return { ...failure(`It cannot be read: ${readableReason(error)}`), isUnread: true };
  }
}

/** The reason of a failed file operation without the path, which stands beside it anyway. */
export function readableReason(error: unknown): string {
  const code = systemCode(error);
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ELOOP") return "its links go in a circle";
  return /^[A-Z]+: ([^,]+)/.exec(messageOf(error))?.[1] ?? messageOf(error);
}

const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The first bytes of a file as text. A FIFO does not block, since it is opened without waiting. */
function readStart(
  { real, stat: known }: Pick<FoundEntry, "real" | "stat">,
  limit: number,
): string {
  // One call of Node's instead of four.
  const isShort = known?.isFile() === true && known.size <= limit;
  if (isShort) return readFileSync(real, { encoding: "utf8", flag: FLAGS });
  const handle = openSync(real, FLAGS);
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new Error("it is not a regular file");
    const bytes = Buffer.allocUnsafe(Math.min(limit, stat.size));
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(handle, bytes, length, bytes.length - length, length);
      if (read === 0) break;
      length += read;
    }
    return bytes.toString("utf8", 0, length);
  } finally {
    closeSync(handle);
  }
}

function describeJson(text: string): Description {
  if (Buffer.byteLength(text) > MAX_JSON_BYTES) {
    return failure("It is longer than 1 MB; its title, description and tags were not read");
  }
  let source: unknown;
  try {
    source = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const reason = messageOf(error).replace(/\s+/g, " ");
    const [, line = "0", column = "0"] = /\(line (\d+) column (\d+)\)/.exec(reason) ?? [];
    return failure(`It is not valid JSON: ${reason}`, Number(line), Number(column));
  }
  if (!isRecord(source)) return { data: NO_FIELDS, problem: null };
  const { fields, problem } = takeFields(source);
  return { data: fields, problem: problem && { line: 0, column: 0, message: problem.message } };
}

function failure(message: string, line = 0, column = 0): Description {
  return { data: NO_FIELDS, problem: { line, column, message } };
}
