import type { HistoryItem } from "@skillmeat/core";
import type { Output } from "../output/output.ts";
import { formatTime } from "./time.ts";

/** Changes as a table; of one that was undone, by which. */
export function formatChanges(out: Output, changes: readonly HistoryItem[]): string {
  return out.table(changes, [
    { heading: "ID", cell: ({ id }) => id },
    { heading: "WHEN", cell: ({ at }) => formatTime(at) },
    { heading: "WHAT", cell: ({ summary }) => summary, flexible: true },
    { heading: "UNDONE", cell: ({ undoneBy }) => (undoneBy === null ? "" : `by ${undoneBy}`) },
  ]);
}
