import { boolCoreTag, FAILSAFE_SCHEMA, loadAll, nullCoreTag, YAMLException } from "js-yaml";
import { messageOf } from "../errors.ts";
import { isRecord, NO_FIELDS, takeFields, type Fields } from "./fields.ts";

/** Longer frontmatter is not read: no artifact needs it, and a parser's time is not without end. */
export const MAX_FRONTMATTER_BYTES = 64 * 1024;

/** Why frontmatter, or a part of it, could not be read; both from 1, counted in the file. */
export interface FrontmatterProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Numbers and dates stay the text that the file holds: a tag `1.10` is not `1.1`. */
const SCHEMA = FAILSAFE_SCHEMA.withTags(nullCoreTag, boolCoreTag);
const OPENING = /^\uFEFF?---[ \t]*(?:\r\n|\r|\n|$)/;
const CLOSING = /^---[ \t]*$/m;

/**
 * Reads the YAML between two `---` lines at the start of a Markdown file.
 * @param text the file's text, or its first part where it is long
 * @returns what it says, and the first thing that is wrong; neither where there is no frontmatter
 */
export function readFrontmatter(text: string): {
  data: Fields;
  problem: FrontmatterProblem | null;
} {
  const opening = OPENING.exec(text);
  if (opening === null) return { data: NO_FIELDS, problem: null };
  const rest = text.slice(opening[0].length);
  const closing = CLOSING.exec(rest);
  const yaml = rest.slice(0, closing?.index);
  if (Buffer.byteLength(yaml) > MAX_FRONTMATTER_BYTES) {
    return failure(1, 1, "The frontmatter is longer than 64 KB and was not read");
  }
  if (closing === null) {
    return failure(1, 1, "The frontmatter has no closing --- line");
  }
  return readYaml(yaml);
}

function readYaml(yaml: string): { data: Fields; problem: FrontmatterProblem | null } {
  let documents: unknown[];
  try {
    documents = loadAll(yaml, { schema: SCHEMA, maxAliases: 100 });
  } catch (error) {
    const source = salvage(yaml);
    return { data: takeFields(source).fields, problem: yamlProblem(error) };
  }
  const [source = null] = documents;
  if (source === null) return { data: NO_FIELDS, problem: null };
  if (!isRecord(source) || documents.length > 1) {
    return failure(2, 1, "The frontmatter must be one list of `key: value` lines");
  }
  const { fields, problem } = takeFields(source);
  if (problem === null) return { data: fields, problem };
  const { line, column } = placeOf(yaml, problem.key);
  return {
    data: fields,
    problem: { line, column, message: `In the frontmatter, ${problem.message}` },
  };
}

function yamlProblem(error: unknown): FrontmatterProblem {
  const mark = error instanceof YAMLException ? error.mark : undefined;
  const reason = error instanceof YAMLException ? error.reason : messageOf(error);
  const hint = reason.includes("bad indentation of a mapping entry")
    ? "; a value that holds `: ` needs quotes"
    : "";
  return {
    line: (mark?.line ?? 0) + 2,
    column: (mark?.column ?? 0) + 1,
    message: `The frontmatter is not valid YAML: ${reason}${hint}`,
  };
}

/**
 * What can still be read of broken YAML, key by key. `description: Use it when: always` is the usual
 * case: no YAML, and yet clear; a value that is no YAML by itself counts as the text that it is.
 */
function salvage(yaml: string): Record<string, unknown> {
  const source: Record<string, unknown> = {};
  for (const part of yaml.split(/^(?=[\w-]+[ \t]*:)/m)) {
    const [, key, text] = /^(title|name|description|tags)[ \t]*:([^]*)/.exec(part) ?? [];
    if (key === undefined || text === undefined || Object.hasOwn(source, key)) continue;
    try {
      const [value] = loadAll(part, { schema: SCHEMA, maxAliases: 0 });
      if (isRecord(value)) source[key] = value[key];
    } catch {
      if (key !== "tags") source[key] = text;
    }
  }
  return source;
}

function failure(line: number, column: number, message: string) {
  return { data: NO_FIELDS, problem: { line, column, message } };
}

/** Where a key of the outermost mapping stands; the first line where it is written in flow style. */
function placeOf(yaml: string, key: string): { line: number; column: number } {
  const before = yaml.slice(
    0,
    Math.max(yaml.search(new RegExp(`^["']?${key}["']?[ \\t]*:`, "m")), 0),
  );
  return { line: before.split(/\r\n|\r|\n/).length + 1, column: 1 };
}
