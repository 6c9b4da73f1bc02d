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
