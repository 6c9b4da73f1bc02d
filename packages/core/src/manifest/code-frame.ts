import type { Position } from "./position.ts";

/** How many lines are shown before and after the one at fault. */
const BEFORE = 2;
const AFTER = 1;
/** A longer line is shown in part. */
const WIDTH = 100;
/** How much of a long line stands before the place. */
const LEAD = 60;

/** The lines around a place of a text, numbered, with a mark below the place, as compilers show them. */
export function codeFrame(text: string, { line, column }: Position): string {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (lines.length > line && lines.at(-1) === "") lines.pop();
  const first = Math.max(1, line - BEFORE);
  const last = Math.min(lines.length, line + AFTER);
  const digits = String(last).length;
  const start = column > WIDTH ? column - 1 - LEAD : 0;
  const shown: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const characters = [...(lines[number - 1] ?? "")].slice(start, start + WIDTH);
    // A mark could not stand below what a tab comes to.
    const code = characters.join("").replaceAll("\t", " ");
    const mark = number === line ? ">" : " ";
    shown.push(`${mark} ${String(number).padStart(digits)} | ${code}`.trimEnd());
    if (number !== line) continue;
    shown.push(`  ${" ".repeat(digits)} | ${" ".repeat(Math.max(0, column - 1 - start))}^`);
  }
  return shown.join("\n");
}
