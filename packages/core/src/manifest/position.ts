/** Line and column, both from 1, the column in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The position of an offset of a text. */
export function positionAt(text: string, offset: number): Position {
  return risingPositions(text)(offset);
}

/** As {@link positionAt}, for many offsets that rise, in one pass over the text. */
export function risingPositions(text: string): (offset: number) => Position {
  let line = 1;
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  let lineBreak = text.indexOf("\n");
  return (offset) => {
    while (lineBreak !== -1 && lineBreak < offset) {
      line += 1;
      start = lineBreak + 1;
      lineBreak = text.indexOf("\n", start);
    }
    return { line, column: [...text.slice(start, offset)].length + 1 };
  };
}

/** As {@link positionAt}, for many offsets in any order; the lines are found with the first of them. */
export function anyPositions(text: string): (offset: number) => Position {
  let starts: readonly number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(text);
    const line = countUpTo(starts, offset);
    return { line, column: [...text.slice(starts[line - 1], offset)].length + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** How many of some rising numbers, of which the first counts in any case, are no greater than a limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let [from, to] = [1, numbers.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((numbers[middle] ?? Infinity) <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}
