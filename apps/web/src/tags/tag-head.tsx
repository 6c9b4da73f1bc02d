import { ArrowDown, ArrowUp } from "lucide-react";
import type { TagsSearch } from "../app/filters.ts";
import { classes } from "../ui/classes.ts";
import { COLUMNS } from "./tag-columns.ts";
import type { PatchTags } from "./tags-screen.tsx";

/** What the columns are called; two of them order the table, and once more turn it round. */
export function TagHead({
  search,
  patch,
}: {
  readonly search: TagsSearch;
  readonly patch: PatchTags;
}) {
  return (
    <div
      role="rowgroup"
      className="sticky top-0 z-10 hidden border-b border-line bg-surface text-xs font-medium text-ink-faint @3xl:block"
    >
      <div role="row" aria-rowindex={1} className={classes(COLUMNS, "items-center px-3 py-1")}>
        <span role="columnheader">
          <span className="sr-only">Colour</span>
        </span>
        <SortHead label="Name" by={undefined} search={search} patch={patch} />
        <span role="columnheader">Slug</span>
        <span role="columnheader">Description</span>
        <SortHead label="Artifacts" by="count" search={search} patch={patch} isAtEnd />
        <span role="columnheader">
          <span className="sr-only">Actions</span>
        </span>
      </div>
    </div>
  );
}

function SortHead({
  label,
  by,
  search,
  patch,
  isAtEnd = false,
}: {
  readonly label: string;
  readonly by: TagsSearch["sort"];
  readonly search: TagsSearch;
  readonly patch: PatchTags;
  readonly isAtEnd?: boolean;
}) {
  const isBy = search.sort === by;
  const isTurned = search.turned === true;
  // Names begin with the first, counts with the largest.
  const isDown = (by === "count") !== isTurned;
  const Arrow = isDown ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      aria-sort={isBy ? (isDown ? "descending" : "ascending") : undefined}
      className={classes(isAtEnd && "flex justify-end")}
    >
      <button
        type="button"
        className={classes(
          "inline-flex h-7 items-center gap-1 rounded-md px-1.5 hover:bg-sunken hover:text-ink",
          isAtEnd ? "flex-row-reverse" : "-ml-1.5",
        )}
        onClick={() => patch({ sort: by, turned: isBy && !isTurned ? true : undefined })}
      >
        {label}
        <Arrow aria-hidden className={classes("size-3", !isBy && "invisible")} />
      </button>
    </span>
  );
}
