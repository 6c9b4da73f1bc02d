import { SkillmeatError } from "../errors.ts";
import { applyEdits } from "./edits.ts";
import { readManifest, type Manifest } from "./read.ts";
import type { RowSource } from "./rows.ts";
import { scanBlocks } from "./scan.ts";
import { editRow, type Fields } from "./write-row.ts";

/** A row that was removed and is to stand in the file again, as it stood there. */
export interface ReturningRow<Row> {
  readonly text: string;
  /** What was read of the text by itself. */
  readonly row: Row;
}

/**
 * The text of a table's row, its sub-tables included, such as {@link readReturningRow} takes; null for an
 * inline row.
 */
export function textOfRow({ text, newline }: Manifest, row: RowSource): string | null {
  const [first, last] = [row.blocks.at(0), row.blocks.at(-1)];
  if (first === undefined || last === undefined) return null;
  const whole = text.slice(first.start, last.contentEnd);
  const isWhole = scanBlocks(whole).length === row.blocks.length + 1;
  if (isWhole) return whole;
  const parts = row.blocks.map((block) => text.slice(block.start, block.contentEnd));
  return parts.join(newline + newline);
}

/**
 * Reads a row that is to return.
 * @param newline of the file that it returns to
 * @param rowsOf the rows of its section
 * @returns null where the text is not just that row
 */
export function readReturningRow<Row>(
  text: string,
  newline: Manifest["newline"],
  rowsOf: (manifest: Manifest) => readonly Row[],
): ReturningRow<Row> | null {
  const fitted = text.replaceAll(/\r?\n/g, newline);
  const reading = readManifest(fitted);
  if ("unreadable" in reading) return null;
  const { artifacts, tags, groups } = reading.manifest.sections;
  const [row] = rowsOf(reading.manifest);
  const isAlone = [artifacts, tags, groups].flatMap((section) => section.rows).length === 1;
  return row === undefined || !isAlone ? null : { text: fitted, row };
}

/**
 * The text of a row that returns, with fields changed; every other byte of it is as it was.
 * @param fields those that are to hold something else
 * @param order as in `editRow`
 * @returns null where one of them has no single place, so that the row is to be written anew
 */
export function returnRow(
  { text, row }: ReturningRow<{ readonly row: RowSource }>,
  fields: Fields,
  order: readonly string[],
  newline: string,
): string | null {
  try {
    return applyEdits(text, editRow(text, row.row, fields, order, newline));
  } catch (error) {
    if (error instanceof SkillmeatError) return null;
    throw error;
  }
}
