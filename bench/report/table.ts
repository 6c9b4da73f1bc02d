import { judge, type Result } from "../support/result.ts";
import { showAmount, showMet, showTarget, showValue } from "./figures.ts";

const HEAD = [
  "What",
  "Size",
  "SkillMeat",
  "p99",
  "n",
  "Against",
  "",
  "p99",
  "n",
  "Figure",
  "Target",
  "Met",
  "Note",
] as const;

/** How wide the columns are in a terminal, where rows are printed before all are known. */
const WIDTHS = [42, 4, 8, 8, 5, 19, 8, 8, 5, 12, 13, 7, 0] as const;

/** The heading of the table that a terminal shows. */
export function terminalHead(): string {
  return pad(HEAD);
}

/** One row of it. */
export function terminalRow(result: Result): string {
  return pad(cells(result));
}

/** All results as a table in Markdown. */
export function markdownTable(results: readonly Result[]): string {
  const rows = [HEAD, HEAD.map(() => "---"), ...results.map(cells)];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function cells(result: Result): string[] {
  const { what, size, unit, product, other, target, note } = result;
  const verdict = judge(result);
  return [
    what,
    size,
    showAmount(product.median, unit),
    showAmount(product.p99, unit),
    String(product.n),
    other?.name ?? "",
    other === null ? "" : showAmount(other.median, unit),
    other === null ? "" : showAmount(other.p99, unit),
    other === null ? "" : String(other.n),
    showValue(verdict, target, unit),
    showTarget(target, unit),
    showMet(verdict),
    note,
  ];
}

function pad(row: readonly string[]): string {
  return row
    .map((cell, column) => cell.padEnd(WIDTHS[column] ?? 0))
    .join("  ")
    .trimEnd();
}
