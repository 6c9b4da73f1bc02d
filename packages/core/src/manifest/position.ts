/** Line and column of an offset, both from 1, the column in characters. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: [...text.slice(start, offset)].length + 1 };
}
