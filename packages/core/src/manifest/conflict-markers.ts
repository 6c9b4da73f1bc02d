import type { Position } from "./position.ts";

/** What git puts around two versions of the same lines (https://git-scm.com/docs/git-merge). */
const MARKER = /^(?:<{7}|\|{7}|>{7})(?: .*)?$/;
const PARTING = /^={7}$/;

/**
 * Where a text that cannot be read has the first conflict marker of git; null where it has none. Inside
 * a text that can be read a marker may be part of a string.
 * @param line at which the parser gave up
 */
export function findConflictMarker(text: string, line: number): Position | null {
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((content) => MARKER.test(content));
  const isParting = PARTING.test(lines[line - 1] ?? "");
  if (first === -1) return isParting ? { line, column: 1 } : null;
  return { line: first + 1, column: 1 };
}
