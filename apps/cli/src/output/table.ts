import { escapeText } from "./escape.ts";
import { cutTo, padTo, widthOf } from "./width.ts";

const GAP = "  ";
/** A last column narrower than this says nothing; the line then runs over instead. */
const NARROWEST = 12;

/** A column: its heading, and its cell of a row. Cells may hold anything; they are escaped here. */
export interface Column<T> {
  readonly heading: string;
  readonly cell: (row: T) => string | number;
}

export interface TableStyle {
  /** The columns of the terminal, to which the last column is cut; undefined for no limit. */
  readonly width?: number | undefined;
  readonly heading?: ((text: string) => string) | undefined;
}

/** Rows as aligned columns below their headings, without a line break at the end. */
export function formatTable<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  { width, heading = (text) => text }: TableStyle = {},
): string {
  const cells = rows.map((row) => columns.map(({ cell }) => escapeText(String(cell(row)))));
  const headings = columns.map((column) => column.heading);
  const widths = headings.map((text, index) =>
    [text, ...cells.map((line) => line[index] ?? "")].reduce(
      (widest, cell) => Math.max(widest, widthOf(cell)),
      0,
    ),
  );
  const line = (texts: readonly string[]) => formatLine(texts, widths, width);
  return [heading(line(headings)), ...cells.map(line)].join("\n");
}

/** Names and values one below the other, the values aligned; a value may have several lines. */
export function formatFields(fields: readonly (readonly [string, string])[]): string {
  const width = Math.max(...fields.map(([name]) => widthOf(name)));
  const indent = `\n${" ".repeat(width)}${GAP}`;
  return fields
    .map(([name, value]) => {
      const lines = value.split(/\r?\n/).map(escapeText);
      return `${padTo(name, width)}${GAP}${lines.join(indent)}`.trimEnd();
    })
    .join("\n");
}

function formatLine(
  texts: readonly string[],
  widths: readonly number[],
  limit: number | undefined,
): string {
  const last = texts.length - 1;
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const room = limit === undefined ? Infinity : Math.max(NARROWEST, limit - before);
  return texts
    .map((text, index) => (index === last ? cutTo(text, room) : padTo(text, widths[index] ?? 0)))
    .join(GAP)
    .trimEnd();
}
