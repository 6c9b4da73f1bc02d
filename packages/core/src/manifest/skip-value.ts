import {
  APOSTROPHE,
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  HASH,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from "./char-codes.ts";

/** The end of the value that starts at an offset. */
export function skipValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE || first === APOSTROPHE) return skipString(text, start);
  if (first === OPEN_BRACKET || first === OPEN_BRACE) return skipNested(text, start);
  let at = start;
  while (at < text.length && !endsScalar(text.charCodeAt(at))) at += 1;
  // A date and a time may be parted by a space, so white space ends no scalar; it is cut here.
  while (at > start && text.charCodeAt(at - 1) <= SPACE) at -= 1;
  return at;
}

function endsScalar(code: number): boolean {
  return (
    code === COMMA || code === CLOSE_BRACKET || code === CLOSE_BRACE || code === HASH || code === LF
  );
}

function skipNested(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === APOSTROPHE) {
      at = skipString(text, at);
      continue;
    }
    if (code === HASH) {
      const lf = text.indexOf("\n", at);
      at = lf === -1 ? text.length : lf;
      continue;
    }
    at += 1;
    if (code === OPEN_BRACKET || code === OPEN_BRACE) depth += 1;
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth -= 1;
    if (depth === 0) break;
  }
  return at;
}

/** The end of a string of any of the four kinds. */
export function skipString(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  const multiline = text.charCodeAt(start + 1) === quote && text.charCodeAt(start + 2) === quote;
  const escapes = quote === QUOTE;
  let at = start + (multiline ? 3 : 1);
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (escapes && code === BACKSLASH) {
      at += 2;
    } else if (code !== quote) {
      at += 1;
    } else if (!multiline) {
      return at + 1;
    } else if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) {
      return endOfQuotes(text, at, quote);
    } else {
      at += 1;
    }
  }
  return at;
}

/** Up to two quotes may stand right before the three that close a multi-line string. */
function endOfQuotes(text: string, start: number, quote: number): number {
  let at = start + 3;
  while (at < start + 5 && text.charCodeAt(at) === quote) at += 1;
  return at;
}
