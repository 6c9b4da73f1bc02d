import { stripVTControlCharacters } from "node:util";

let segmenter: Intl.Segmenter | undefined;
/** Latin letters and usual punctuation: one column each, which saves looking for graphemes. */
const PLAIN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027⏎]*$/;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;
/** East Asian wide and full-width characters (https://www.unicode.org/reports/tr11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18fff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;
/** Half-width katakana with a voicing mark: one grapheme of two columns. */
const VOICED = /[\uff66-\uff9d][\uff9e\uff9f]/;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** How many columns of a terminal a text takes; its colours take none. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(stripVTControlCharacters(text))) {
    width += widthOfGrapheme(segment);
  }
  return width;
}

/** A text with spaces after it up to a width. */
export function padTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** A text without colours, cut to a width, with an ellipsis where something is cut off. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  let used = 1;
  for (const { segment } of graphemesOf(text)) {
    used += widthOfGrapheme(segment);
    if (used > width) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Most commands print nothing that needs it, and making it costs as much as a tenth of a command's start. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter.segment(text);
}

function widthOfGrapheme(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI.test(grapheme) || VOICED.test(grapheme) ? 2 : 1;
}
