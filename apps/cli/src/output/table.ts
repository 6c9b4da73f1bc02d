import { escapeText } from "./escape.ts";
import { cutTo, padTo, widthOf } from "./width.ts";

const GAP = "  ";
/** A column cut to less than this says nothing; the line then runs over instead. */
const NARROWEST = 12;

/** A column: its heading, and its cell of a row. Cells may hold anything; they are escaped here. */
export interface Column<T> {
  readonly heading: string;
  readonly cell: (row: T) => string | number;
  /** Whether the column may be cut where the terminal is narrow; where not said, the last may. */
  readonly flexible?: boolean;
  /** Whether the cells name colours, which are then shown. */
  readonly color?: boolean;
}

/** A name, its value, and whether the value names a colour, which is then shown. */
export type Field = readonly [name: string, value: string, kind?: "color"];

export interface TableStyle extends FieldStyle {
  /** The columns of the terminal, which the lines are to fit; undefined for no limit. */
  readonly width?: number | undefined;
  readonly heading?: ((text: string) => string) | undefined;
}

export interface FieldStyle {
  /** A sample of a colour to print before its name; null for a text that names none. */
  readonly swatch?: ((color: string) => string | null) | undefined;
}

/** Rows as aligned columns below their headings, a line a row, without a line break at the end. */
export function formatTable<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  { width = Infinity, heading = (text) => text, swatch = () => null }: TableStyle = {},
): string {
  const format = ({ cell, color }: Column<T>, row: T) => {
    const text = String(cell(row));
    return withSwatch(escapeText(onOneLine(text)), color === true ? swatch(text) : null);
  };
  const lines = [
    columns.map((column) => column.heading),
    ...rows.map((row) => columns.map((column) => format(column, row))),
  ];
  const natural = columns.map((_, index) =>
    lines.reduce((widest, cells) => Math.max(widest, widthOf(cells[index] ?? "")), 0),
  );
  const last = columns.length - 1;
  const canCut = columns.map(({ flexible, color }, index) =>
    color === true ? false : (flexible ?? index === last),
  );
  const widths = fit(natural, canCut, width - GAP.length * last);
  const formatLine = (cells: readonly string[]) =>
    cells
      .map((cell, index) => {
        const room = widths[index] ?? 0;
        const text = room === natural[index] ? cell : cutTo(cell, room);
        return index === last ? text : padTo(text, room);
      })
      .join(GAP)
      .trimEnd();
  const [head = "", ...body] = lines.map(formatLine);
  return [heading(head), ...body].join("\n");
}

/** Names and values one below the other, the values aligned; a value may have several lines. */
export function formatFields(
  fields: readonly Field[],
  { swatch = () => null }: FieldStyle = {},
): string {
  const width = Math.max(...fields.map(([name]) => widthOf(name)));
  const indent = `\n${" ".repeat(width)}${GAP}`;
  return fields
    .map(([name, value, kind]) => {
      const lines = value.split(/\r?\n/).map(escapeText).join(indent);
      const shown = withSwatch(lines, kind === "color" ? swatch(value) : null);
      return `${padTo(name, width)}${GAP}${shown}`.trimEnd();
    })
    .join("\n");
}

function withSwatch(text: string, swatch: string | null): string {
  return swatch === null ? text : `${swatch} ${text}`;
}

/** A text with a sign for each of its line breaks, without those at its end. */
function onOneLine(text: string): string {
  return text.trimEnd().replace(/\r\n?|\n/g, "⏎");
}

/** Widths that fit a line: what may be cut is, the widest first. */
function fit(natural: readonly number[], canCut: readonly boolean[], room: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const cuttable = widths.map((width, index) => (canCut[index] === true ? width : 0));
    const widest = Math.max(...cuttable);
    if (widest <= NARROWEST) break;
    widths[cuttable.lastIndexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}
