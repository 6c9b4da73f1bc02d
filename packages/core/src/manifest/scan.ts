import {
  APOSTROPHE,
  BOM,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  CR,
  DOT,
  EQUALS,
  HASH,
  LF,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  TAB,
} from "./char-codes.ts";
import { skipString, skipValue } from "./skip-value.ts";

/**
 * A lexer that finds where the blocks, keys and values of a TOML document stand
 * (https://toml.io/en/v1.0.0). It reads no values and checks nothing: the text must have been
 * accepted by a TOML parser before.
 */

/** A key and its value; offsets into the text. */
export interface KeyValue {
  /** The key's parts, taken apart and unquoted, relative to the block or inline table it stands in. */
  readonly key: readonly string[];
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A `[table]`, an element of `[[an.array]]`, or the root before the first of them. */
export interface Block {
  readonly kind: "root" | "table" | "element";
  readonly path: readonly string[];
  /** Start of the header's line. */
  readonly start: number;
  /** End of the header, its comment included, before the line break. */
  readonly headerEnd: number;
  /** End of the last line that holds a header, key or value, before the line break. */
  readonly contentEnd: number;
  /** Found when they are asked for: a large document has very many, and hardly one of them is. */
  readonly entries: readonly KeyValue[];
}

/** The blocks of a document, in the order of the text; the root always comes first. */
export function scanBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const from = text.charCodeAt(0) === BOM ? 1 : 0;
  let header: Header = { kind: "root", path: [], start: from, headerEnd: from };
  let contentEnd = from;
  const finish = () => blocks.push(new ScannedBlock(text, header, contentEnd));

  let at = from;
  while (at < text.length) {
    at = skipBlank(text, at);
    if (at >= text.length) break;
    if (text.charCodeAt(at) === OPEN_BRACKET) {
      finish();
      const kind = text.charCodeAt(at + 1) === OPEN_BRACKET ? "element" : "table";
      const key = scanKey(text, at + (kind === "element" ? 2 : 1));
      const headerEnd = endOfLine(text, key.end);
      header = { kind, path: key.parts, start: startOfLine(text, at), headerEnd };
      at = headerEnd;
    } else {
      at = endOfLine(text, skipValue(text, startOfValue(text, skipKey(text, at))));
    }
    contentEnd = at;
  }
  finish();
  return blocks;
}

type Header = Pick<Block, "kind" | "path" | "start" | "headerEnd">;

/** A class, since an object with a getter of its own costs ten times as much to make. */
class ScannedBlock implements Block {
  readonly kind;
  readonly path;
  readonly start;
  readonly headerEnd;
  readonly contentEnd;
  readonly #text: string;
  #entries: readonly KeyValue[] | null = null;

  constructor(text: string, { kind, path, start, headerEnd }: Header, contentEnd: number) {
    this.#text = text;
    this.kind = kind;
    this.path = path;
    this.start = start;
    this.headerEnd = headerEnd;
    this.contentEnd = contentEnd;
  }

  get entries(): readonly KeyValue[] {
    this.#entries ??= scanEntries(this.#text, this.headerEnd, this.contentEnd);
    return this.#entries;
  }
}

function scanEntries(text: string, start: number, end: number): KeyValue[] {
  const entries: KeyValue[] = [];
  let at = skipBlank(text, start);
  while (at < end) {
    const entry = scanKeyValue(text, at);
    entries.push(entry);
    at = skipBlank(text, endOfLine(text, entry.valueEnd));
  }
  return entries;
}

/** The elements of an array: offsets of each element's value. `start` is that of its `[`. */
export function scanArray(text: string, start: number): { start: number; end: number }[] {
  const items: { start: number; end: number }[] = [];
  let at = skipBlank(text, start + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET) {
    if (text.charCodeAt(at) === COMMA) {
      at += 1;
    } else {
      const end = skipValue(text, at);
      items.push({ start: at, end });
      // Never stands still, also where the text is not what the parser accepted.
      at = Math.max(end, at + 1);
    }
    at = skipBlank(text, at);
  }
  return items;
}

/** The keys and values of an inline table. `start` is that of its `{`. */
export function scanInlineTable(text: string, start: number): KeyValue[] {
  const entries: KeyValue[] = [];
  let at = skipBlank(text, start + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACE) {
    if (text.charCodeAt(at) === COMMA) {
      at += 1;
    } else {
      const entry = scanKeyValue(text, at);
      entries.push(entry);
      at = entry.valueEnd;
    }
    at = skipBlank(text, at);
  }
  return entries;
}

/** The end of the line that an offset stands in, before its line break (LF or CRLF). */
export function endOfLine(text: string, at: number): number {
  const lf = text.indexOf("\n", at);
  if (lf === -1) return text.length;
  return lf > at && text.charCodeAt(lf - 1) === CR ? lf - 1 : lf;
}

/** The start of the line that an offset stands in; a byte order mark belongs to no line. */
export function startOfLine(text: string, at: number): number {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return start === 0 && text.charCodeAt(0) === BOM ? 1 : start;
}

/** The offset behind the line break at or after an offset that stands at the end of a line. */
export function nextLine(text: string, at: number): number {
  const lf = text.indexOf("\n", at);
  return lf === -1 ? text.length : lf + 1;
}

/** Skips white space, line breaks and comments. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === HASH) at = endOfLine(text, at);
    else if (code === SPACE || code === TAB || code === LF || code === CR) at += 1;
    else break;
  }
  return at;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at += 1;
  return at;
}

function scanKeyValue(text: string, start: number): KeyValue {
  const key = scanKey(text, start);
  const valueStart = startOfValue(text, key.end);
  return { key: key.parts, start, valueStart, valueEnd: skipValue(text, valueStart) };
}

/** The start of the value behind a key's `=`. */
function startOfValue(text: string, equals: number): number {
  return skipSpaces(text, equals + 1);
}

/** A dotted key; `end` is the offset of the `=` or `]` behind it. */
function scanKey(text: string, start: number): { parts: string[]; end: number } {
  const parts: string[] = [];
  let at = start;
  for (;;) {
    at = skipSpaces(text, at);
    const end = skipKeyPart(text, at);
    parts.push(keyPart(text.slice(at, end)));
    at = skipSpaces(text, end);
    if (text.charCodeAt(at) !== DOT) return { parts, end: at };
    at += 1;
  }
}

/** As {@link scanKey}, but finds the end alone. */
function skipKey(text: string, start: number): number {
  let at = start;
  for (;;) {
    at = skipSpaces(text, skipKeyPart(text, skipSpaces(text, at)));
    if (text.charCodeAt(at) !== DOT) return at;
    at += 1;
  }
}

function skipKeyPart(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE || first === APOSTROPHE) return skipString(text, start);
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === DOT || code === EQUALS || code === CLOSE_BRACKET || code <= SPACE) break;
    at += 1;
  }
  return at;
}

/** A key's part without its quotes and escapes. */
function keyPart(raw: string): string {
  if (raw.startsWith("'")) return raw.slice(1, -1);
  if (!raw.startsWith('"')) return raw;
  return raw.slice(1, -1).replace(ESCAPE, (_, escape: string) => {
    const hex = /^[uUx](.*)$/.exec(escape)?.[1];
    return hex === undefined
      ? (ESCAPED[escape] ?? escape)
      : String.fromCodePoint(Number.parseInt(hex, 16));
  });
}

const ESCAPE = /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)/g;
const ESCAPED: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  e: "\u001b",
};
