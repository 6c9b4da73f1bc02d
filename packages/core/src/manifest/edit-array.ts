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
  /** What follows on the same line, behind the comma. */
  readonly trail: string;
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
  const { segments, tail, trailingComma } = takeApart(text, start, end);
  const layout = layoutOf(segments, newline);
  const kept = new Set(items.map((item) => item.keep));
  const orphans = segments
    .filter((_, index) => !kept.has(index))
    .map((old) => commentsOf(old.lead));

  let result = "[";
  let inComment = false;
  const append = (piece: string, leavesComment = false) => {
    if (piece === "") return;
    if (inComment && !/^[ \t]*\r?\n/.test(piece)) result += newline;
    result += piece;
    inComment = leavesComment;
  };
  items.forEach((item, index) => {
    const old = item.keep === undefined ? undefined : segments[item.keep];
    const lead = index === 0 ? layout.first : layout.next;
    const stays = old !== undefined && (layout.multiline || item.keep === index);
    append(stays ? old.lead : lead);
    append(item.text ?? old?.text ?? "");
    if (index < items.length - 1 || trailingComma) append(",");
    append(old?.trail ?? "", true);
  });
  for (const orphan of orphans) append(orphan, true);
  append(tail);
  append("]");
  return result;
}

function takeApart(
  text: string,
  start: number,
  end: number,
): { segments: Segment[]; tail: string; trailingComma: boolean } {
  const segments: Segment[] = [];
  let at = start + 1;
  let trailingComma = false;
  for (const item of scanArray(text, start)) {
    const behind = skipBlank(text, item.end);
    trailingComma = text[behind] === ",";
    const between = trailingComma ? text.slice(item.end, behind) : "";
    const from = trailingComma ? behind + 1 : item.end;
    const trailEnd = endOfTrail(text, from);
    segments.push({
      lead: text.slice(at, item.start),
      text: text.slice(item.start, item.end) + between,
      trail: text.slice(from, trailEnd),
    });
    at = trailEnd;
  }
  return { segments, tail: text.slice(at, end - 1), trailingComma };
}

/** A comment on the same line belongs to the element before it. */
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

/** The comment lines of what stood before a dropped element; they were a person's. */
function commentsOf(lead: string): string {
  return lead.includes("#") ? lead.trimEnd() : "";
}
