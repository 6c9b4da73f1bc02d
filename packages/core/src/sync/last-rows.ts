import type { PieceChange } from "../manifest/piece-list.ts";
import { rowKeyText, type RowKey } from "./removed-rows.ts";
import type { WrittenText } from "./written-text.ts";

/** What follows from the going of rows that were the last of something. */
export interface LastRows {
  /** The last rows of their sections now; null where that cannot be told. */
  readonly last: Partial<Record<RowKey["kind"], RowKey | null>>;
  /** The piece that ends the text now, without the blank lines that parted it from the one which goes. */
  readonly change: PieceChange | null;
}

/** Blank lines at the end of a text that has other lines, too. */
const BLANK_END = /(?<=\n)(?:[ \t]*\r?\n)+$/;

/**
 * Tells what the going of some rows comes to at the ends of their sections, and at the end of the text.
 * @param gone the rows that go, each with its piece
 * @param isChanged whether a piece is changed besides, or goes
 * @returns null where the whole text has to be looked at
 */
export function lastRowsWithout(
  { pieces, scattered, last }: Pick<WrittenText, "pieces" | "scattered" | "last">,
  gone: readonly { readonly own: RowKey; readonly at: number }[],
  isChanged: (at: number) => boolean,
): LastRows | null {
  const now: { -readonly [Kind in RowKey["kind"]]?: RowKey | null } = {};
  let change: PieceChange | null = null;
  for (const { own, at } of gone) {
    const end = last[own.kind];
    const isLast = end !== null && rowKeyText(end) === rowKeyText(own);
    const isAtEnd = at === pieces.count - 1;
    if (!isLast && !isAtEnd) continue;
    // What is before it is to stay as it is: otherwise one would follow from the other.
    if (at === 0 || isChanged(at - 1)) return null;
    const before = pieces.key(at - 1);
    if (isLast) {
      const prefix = rowKeyText({ kind: own.kind, key: "" });
      const isOfSection = before !== null && before.startsWith(prefix) && !scattered.has(before);
      now[own.kind] = isOfSection ? { kind: own.kind, key: before.slice(prefix.length) } : null;
    }
    if (!isAtEnd) continue;
    const text = pieces.text(at - 1).replace(BLANK_END, "");
    // An empty file would count as missing.
    if (text.trim() === "") return null;
    change = { at: at - 1, pieces: [{ text, key: before }] };
  }
  return { last: now, change };
}
