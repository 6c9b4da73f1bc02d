/** A line of a unified diff. */
export interface DiffLine {
  readonly kind: "added" | "removed" | "same" | "gap";
  readonly text: string;
}

/** Takes a unified diff of one file apart, without its head. The first hunk begins without a gap. */
export function parseDiff(diff: string): DiffLine[] {
  const lines = diff.replace(/\n$/, "").split("\n");
  const start = lines.findIndex((line) => line.startsWith("@@"));
  if (start < 0) return [];
  return lines.slice(start + 1).flatMap(toLine);
}

function toLine(line: string): DiffLine[] {
  const text = line.slice(1);
  if (line.startsWith("@@")) return [{ kind: "gap", text: "" }];
  if (line.startsWith("+")) return [{ kind: "added", text }];
  if (line.startsWith("-")) return [{ kind: "removed", text }];
  // It says that the last line has no line break.
  if (line.startsWith("\\")) return [];
  return [{ kind: "same", text }];
}
