/**
 * How values are written: as basic strings on one line (https://toml.io/en/v1.0.0#string), which
 * every TOML parser reads and every editor shows.
 */

const NEEDS_ESCAPE = /["\\\p{Cc}]/gu;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};

/** A text as a TOML basic string, quotes included. */
export function tomlString(text: string): string {
  return `"${text.replace(NEEDS_ESCAPE, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return SHORT_ESCAPES[character] ?? `\\u${code.padStart(4, "0")}`;
}

/** A list of texts on one line. */
export function tomlInlineArray(items: readonly string[]): string {
  return `[${items.map(tomlString).join(", ")}]`;
}

/** Up to this many columns `members` and `tags` stand on one line. */
const MAX_COLUMNS = 100;

/**
 * A list of texts as the value of `key`: on one line up to 100 columns, else one item a line, so
 * that git diffs are small.
 * @param prefix what stands before the value on its line, such as `members = `
 */
export function tomlArray(prefix: string, items: readonly string[], newline: string): string {
  const oneLine = tomlInlineArray(items);
  if (prefix.length + oneLine.length <= MAX_COLUMNS) return oneLine;
  const lines = items.map((item) => `    ${tomlString(item)},${newline}`);
  return `[${newline}${lines.join("")}]`;
}
