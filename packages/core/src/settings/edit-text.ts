import { applyEdits, type Edit } from "../manifest/edits.ts";
import { endOfLine, nextLine, scanBlocks, scanInlineTable, startOfLine } from "../manifest/scan.ts";
import type { Block, KeyValue } from "../manifest/scan.ts";
import { tomlString } from "../manifest/toml-text.ts";

/**
 * Edits of a `config.toml` that a TOML parser accepts: one key is written, and every other byte stays.
 * What comes out is to be read back and compared, for a form that nobody thought of may be in the way.
 */

/** The text with `default_collection` set. */
export function withDefaultCollection(text: string, name: string): string {
  const [root, ...tables] = scanBlocks(text);
  const entry = root?.entries.find(({ key }) => key.length === 1 && key[0] === DEFAULT_KEY);
  if (entry !== undefined) return applyEdits(text, [valueOf(entry, tomlString(name))]);
  const line = `${DEFAULT_KEY} = ${tomlString(name)}`;
  // Behind a table's header a key would be the table's.
  return tables.length === 0 ? withLast(text, line) : withFirst(text, line);
}

/** The text with one more link. */
export function withLink(text: string, name: string, path: string): string {
  const key = /^[\w-]+$/.test(name) && !/[^\x21-\x7e]/.test(name) ? name : tomlString(name);
  const line = `${key} = ${tomlString(path)}`;
  const blocks = scanBlocks(text);
  const table = blocks.find(isLinks);
  if (table !== undefined) return inserted(text, table.contentEnd, newlineOf(text) + line);
  const last = blocks[0]?.entries.findLast((entry) => entry.key[0] === LINKS);
  if (last === undefined) {
    const gap = text === "" ? "" : newlineOf(text);
    return withLast(text, `${gap}[${LINKS}]${newlineOf(text)}${line}`);
  }
  if (last.key.length > 1) {
    const at = endOfLine(text, last.valueEnd);
    return inserted(text, at, `${newlineOf(text)}${LINKS}.${line}`);
  }
  const inner = scanInlineTable(text, last.valueStart).at(-1);
  return inner === undefined
    ? inserted(text, last.valueStart + 1, ` ${line} `)
    : inserted(text, inner.valueEnd, `, ${line}`);
}

/** The text without a link; its line goes with the comment on it. */
export function withoutLink(text: string, name: string): string {
  const blocks = scanBlocks(text);
  const lines = [
    ...(blocks.find(isLinks)?.entries.filter((entry) => isKey(entry, name)) ?? []),
    ...(blocks[0]?.entries.filter((entry) => isKey(entry, LINKS, name)) ?? []),
  ];
  const inline = blocks[0]?.entries.filter((entry) => isKey(entry, LINKS)) ?? [];
  return applyEdits(text, [
    ...lines.map(({ start, valueEnd }) => ({
      start: startOfLine(text, start),
      end: nextLine(text, valueEnd),
      text: "",
    })),
    ...inline.flatMap((entry) => removedInline(scanInlineTable(text, entry.valueStart), name)),
  ]);
}

const DEFAULT_KEY = "default_collection";
const LINKS = "links";

function isLinks({ kind, path }: Block): boolean {
  return kind === "table" && path.length === 1 && path[0] === LINKS;
}

function isKey({ key }: KeyValue, ...parts: string[]): boolean {
  return key.length === parts.length && key.every((part, index) => part === parts[index]);
}

/** With the comma that parts it from the one before, or of the first from the next. */
function removedInline(entries: readonly KeyValue[], name: string): Edit[] {
  const index = entries.findIndex((entry) => isKey(entry, name));
  const entry = entries[index];
  if (entry === undefined) return [];
  const start = entries[index - 1]?.valueEnd ?? entry.start;
  const end = index === 0 ? (entries[1]?.start ?? entry.valueEnd) : entry.valueEnd;
  return [{ start, end, text: "" }];
}

function valueOf({ valueStart, valueEnd }: KeyValue, text: string): Edit {
  return { start: valueStart, end: valueEnd, text };
}

function inserted(text: string, at: number, what: string): string {
  return applyEdits(text, [{ start: at, end: at, text: what }]);
}

/** A byte order mark stays first. */
function withFirst(text: string, lines: string): string {
  return inserted(text, text.startsWith("\uFEFF") ? 1 : 0, lines + newlineOf(text));
}

function withLast(text: string, lines: string): string {
  const gap = text === "" || text === "\uFEFF" || text.endsWith("\n") ? "" : newlineOf(text);
  return text + gap + lines + newlineOf(text);
}

function newlineOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
