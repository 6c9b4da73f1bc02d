import type { RowSource } from "./rows.ts";

/** A row of a section that is to be: where it stands now, and whether it stood there once and comes back. */
export interface RowToPlace {
  readonly row: RowSource | null;
  readonly isReturning: boolean;
}

/** Where the rows of a section will stand. */
export interface RowPlaces {
  /** For each row its number in the file. */
  readonly fileIndex: readonly number[];
  /**
   * For each row that comes back the one that stays and that it stands behind; null before all of
   * them; undefined where none stays. Undefined for all others, which come at the section's end.
   */
  readonly behind: readonly (RowSource | null | undefined)[];
}

/**
 * Places the rows of a section: those that stay where they stand, one that comes back behind the one
 * before it in the list, as it did before it went, and new ones at the end.
 * @param rows in the order that they are to have
 */
export function placeRows(rows: readonly RowToPlace[]): RowPlaces {
  const staying = [...rows.entries()].flatMap(([index, { row }]) =>
    row === null ? [] : [{ index, start: row.start }],
  );
  const order = staying.toSorted((a, b) => a.start - b.start).map(({ index }) => index);
  const before = (index: number) => rows.slice(0, index).findLastIndex((_, at) => places.has(at));
  const places = new Set(order);
  for (const [index, { row, isReturning }] of rows.entries()) {
    if (row !== null || !isReturning || staying.length === 0) continue;
    order.splice(order.indexOf(before(index)) + 1, 0, index);
    places.add(index);
  }
  order.push(...[...rows.keys()].filter((index) => !places.has(index)));

  const fileIndex = new Map(order.map((index, place) => [index, place]));
  let last: RowSource | null = null;
  const behind = new Map<number, RowSource | null>();
  for (const index of order) {
    const { row = null, isReturning = false } = rows[index] ?? {};
    if (row !== null) last = row;
    else if (isReturning && staying.length > 0) behind.set(index, last);
  }
  return {
    fileIndex: rows.map((_, index) => fileIndex.get(index) ?? index),
    behind: rows.map((_, index) => behind.get(index)),
  };
}
