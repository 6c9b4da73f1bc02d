import { nameKey } from "../schema/text.ts";

/** What a file says of its artifact; null where it says nothing. */
export interface Fields {
  readonly title: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly tags: string[];
}

/** The fields of a file that says nothing. */
export const NO_FIELDS: Fields = { title: null, name: null, description: null, tags: [] };

/** A field whose value is of no use. */
export interface FieldProblem {
  readonly key: string;
  readonly message: string;
}

/** Whether a value is an object of keys and values. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Takes `title`, `name`, `description` and `tags` from frontmatter or a JSON file's root object;
 * only its own keys, so that a `__proto__` in a file has no effect.
 * @returns what can be read, and the first field that cannot
 */
export function takeFields(source: Readonly<Record<string, unknown>>): {
  fields: Fields;
  problem: FieldProblem | null;
} {
  const problems: FieldProblem[] = [];
  const own = (key: string) => (Object.hasOwn(source, key) ? source[key] : undefined);
  const text = (key: string) => {
    const value = own(key);
    const words = textOf(value);
    if (words === null && value !== undefined && value !== null) {
      problems.push({ key, message: `"${key}" must be a text` });
    }
    return words;
  };
  const fields: Fields = {
    title: oneLineOf(text("title")),
    name: oneLineOf(text("name")),
    description: text("description")?.trim() || null,
    tags: tagsOf(own("tags"), (message) => problems.push({ key: "tags", message })),
  };
  return { fields, problem: problems[0] ?? null };
}

/** Texts and numbers as a text that a database can hold. */
function textOf(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  return value.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\0", "");
}

function oneLineOf(text: string | null): string | null {
  return text?.replace(/[\s\p{Cc}]+/gu, " ").trim() || null;
}

/** A list, or one text with commas; words that differ only by case are one. */
function tagsOf(value: unknown, report: (message: string) => void): string[] {
  if (value === undefined || value === null) return [];
  const single = textOf(value);
  if (single === null && !Array.isArray(value)) {
    report('"tags" must be a list of words, or words with commas between them');
    return [];
  }
  const items: unknown[] = Array.isArray(value) ? value : (single ?? "").split(",");
  const tags = new Map<string, string>();
  for (const item of items) {
    const word = oneLineOf(textOf(item));
    if (textOf(item) === null) report('"tags" must hold words only; another value was left out');
    else if (word !== null && !tags.has(nameKey(word))) tags.set(nameKey(word), word);
  }
  return [...tags.values()];
}
