/** A line of frontmatter: a key and what stands behind it, as the file has it. */
export interface FrontmatterEntry {
  readonly key: string;
  readonly value: string;
}

const OPENING = /^\uFEFF?---[ \t]*(?:\r\n|\r|\n)/;
const CLOSING = /^---[ \t]*(?:\r\n|\r|\n|$)/m;
const KEY = /^(?<key>[\w.-]+)[ \t]*:(?:[ \t]+(?<value>.*))?$/;

/**
 * Parts a file's frontmatter from its text, for show; what it means only the server says.
 * @returns the text as it is where no frontmatter stands before it
 */
export function splitFrontmatter(text: string): {
  entries: readonly FrontmatterEntry[];
  body: string;
} {
  const opening = OPENING.exec(text);
  const rest = opening === null ? "" : text.slice(opening[0].length);
  const closing = CLOSING.exec(rest);
  if (opening === null || closing === null) return { entries: [], body: text };
  return {
    entries: readEntries(rest.slice(0, closing.index)),
    body: rest.slice(closing.index + closing[0].length),
  };
}

/** The words that `tags` holds: a list in brackets, a list below, or words with commas between them. */
export function tagWords(entries: readonly FrontmatterEntry[]): string[] {
  const value = entries.find(({ key }) => key === "tags")?.value ?? "";
  const parts = value.startsWith("[")
    ? value.replace(/^\[|\]$/g, "").split(",")
    : value.split(/,|\n/);
  return parts
    .map((part) => unquoted(part.replace(/^\s*-\s/, "").trim()))
    .filter((word) => word !== "");
}

function readEntries(yaml: string): FrontmatterEntry[] {
  const entries: { key: string; lines: string[] }[] = [];
  for (const line of yaml.split(/\r\n|\r|\n/)) {
    const { key, value = "" } = KEY.exec(line)?.groups ?? {};
    if (key !== undefined) entries.push({ key, lines: [value] });
    else entries.at(-1)?.lines.push(line);
  }
  return entries.map(({ key, lines }) => ({ key, value: valueOf(lines) }));
}

/** What stands on the key's line and below it; marks that only say how it is written are left out. */
function valueOf([first = "", ...below]: readonly string[]): string {
  const own = /^[|>][+-]?\d?$/.test(first.trim()) ? "" : unquoted(first.trim());
  const depth = Math.min(...below.filter((line) => line.trim() !== "").map(depthOf));
  return [own, ...below.map((line) => line.slice(Math.min(depth, depthOf(line))))]
    .join("\n")
    .trim();
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

function unquoted(text: string): string {
  const quote = text[0];
  const isQuoted = (quote === '"' || quote === "'") && text.length > 1 && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1) : text;
}
