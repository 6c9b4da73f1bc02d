import type { TrashItem } from "@skillmeat/core";
import type { Output } from "../output/output.ts";
import { formatTime } from "./time.ts";

/** What lies in the trash, as a table. */
export function formatTrash(out: Output, items: readonly TrashItem[]): string {
  return out.table(items, [
    { heading: "NAME", cell: ({ name }) => name },
    { heading: "KIND", cell: ({ kind }) => kind },
    { heading: "COLLECTION", cell: ({ collection }) => collection },
    { heading: "REMOVED", cell: ({ at }) => formatTime(at) },
    { heading: "ID", cell: ({ id }) => id },
  ]);
}
