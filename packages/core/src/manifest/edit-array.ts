import { endOfLine, scanArray, skipBlank } from "./scan.ts";

/** What an array is to hold: an element that it has, perhaps with another text, or a new one. */
export type ArrayItem =
  | { readonly keep: number; readonly text?: string }
  | { readonly text: string; readonly keep?: undefined };

/** An element with what stands around it, so that it can move with its comments. */
interface Segment {
  /** White space and comments before the element. */
  readonly lead: string;
  readonly text: string;
  /** White space and comments between the element and its comma. */
  readonly between: string;
  /** A comment that follows on the same line, behind the comma. */
  readonly trail: string;
}

interface Parts {
  /** A comment behind the `[`, on its line. */
  readonly head: string;
  readonly segments: readonly Segment[];
  /** What stands before the `]`. */
  readonly tail: string;
  readonly trailingComma: boolean;
}

/**
 * An array with elements kept, changed, dropped and added, in a new order; the comments and the
 * layout of those that stay, stay. Text and offsets are those of the whole document.
 * @param start offset of the array's `[`
 * @param end offset behind its `]`
 * @returns the array's new text
 */
export function editArray(
  text: string,
  start: number,
  end: number,
  items: readonly ArrayItem[],
): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const { head, segments, tail, trailingComma } = takeApart(text, start, end);
  const layout = layoutOf(segments, newline);
  const orphans = orphansOf(segments, new Set(items.map((item) => item.keep)));

  let result = "[";
  let inComment = false;
  const append = (piece: string, leavesComment = false) => {
    if (piece === "") return;
    if (inComment && !/^[ \t]*\r?\n/.test(piece)) result += newline;
    result += piece;
    inComment = leavesComment;
  };
  append(head, true);
  items.forEach((item, index) => {
    const old = item.keep === undefined ? undefined : segments[item.keep];
    const stays = old !== undefined && (layout.multiline || item.keep === index);
    append(orphans.get(item.keep) ?? "", true);
    append(stays ? old.lead : index === 0 ? layout.first : layout.next);
    append(item.text ?? old?.text ?? "");
    append(old?.between ?? "");
    if (index < items.length - 1 || trailingComma) append(",");
    append(old?.trail ?? "", true);
  });
  append(orphans.get(segments.length) ?? "", true);
  append(tail);
  append("]");
  return result;
}

function takeApart(text: string, start: number, end: number): Parts {
  const segments: Segment[] = [];
  let at = endOfTrail(text, start + 1);
  const head = text.slice(start + 1, at);
  let trailingComma = false;
  for (const item of scanArray(text, start)) {
    const behind = skipBlank(text, item.end);
    trailingComma = text[behind] === ",";
    const from = trailingComma ? behind + 1 : item.end;
    const trailEnd = endOfTrail(text, from);
    segments.push({
      lead: text.slice(at, item.start),
      text: text.slice(item.start, item.end),
      between: trailingComma ? text.slice(item.end, behind) : "",
      trail: text.slice(from, trailEnd),
    });
    at = trailEnd;
  }
  return { head, segments, tail: text.slice(at, end - 1), trailingComma };
}

/** A comment on the same line belongs to what stands before it. */
function endOfTrail(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return text[at] === "#" ? endOfLine(text, at) : from;
}

/** The white space before a new element: as before the elements that are there. */
function layoutOf(
  segments: readonly Segment[],
  newline: string,
): { multiline: boolean; first: string; next: string } {
  const indented = segments.findLast((segment) => segment.lead.includes("\n"));
  if (indented !== undefined) {
    const lead = newline + indented.lead.slice(indented.lead.lastIndexOf("\n") + 1);
    return { multiline: true, first: lead, next: lead };
  }
  return { multiline: false, first: segments[0]?.lead ?? "", next: segments[1]?.lead ?? " " };
}

/**
 * The comment lines before dropped elements, which were a person's: by the index of the element that
 * they come before now, the number of elements being that of the end.
 */
function orphansOf(
  segments: readonly Segment[],
  kept: ReadonlySet<number | undefined>,
): Map<number | undefined, string> {
  const orphans = new Map<number | undefined, string>();
  let comments = "";
  segments.forEach(({ lead }, index) => {
    if (!kept.has(index)) {
      comments += lead.trimEnd();
    } else {
      orphans.set(index, comments);
      comments = "";
    }
  });
  return orphans.set(segments.length, comments);
}
