import { classes } from "../ui/classes.ts";
import { COLUMNS, FROM_MEDIUM, FROM_WIDE } from "./artifact-row.tsx";

/** The head of the list, with the box that selects all. */
export function ListHead({
  isAll,
  isSome,
  onAll,
  onNone,
}: {
  readonly isAll: boolean;
  readonly isSome: boolean;
  readonly onAll: () => void;
  readonly onNone: () => void;
}) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div
        role="row"
        aria-rowindex={1}
        className={classes(
          COLUMNS,
          "h-9 border-b border-line bg-canvas text-xs font-medium text-ink-faint",
        )}
      >
        <div role="columnheader" className="flex justify-center">
          <label className="inline-flex size-9 items-center justify-center">
            <span className="sr-only">Select all artifacts that are listed</span>
            <input
              type="checkbox"
              checked={isAll}
              ref={(box) => {
                if (box !== null) box.indeterminate = isSome && !isAll;
              }}
              onChange={() => (isAll ? onNone() : onAll())}
              className="size-4 accent-accent"
            />
          </label>
        </div>
        <div role="columnheader">Name</div>
        <div role="columnheader" className={FROM_WIDE}>
          Type
        </div>
        <div role="columnheader" className={FROM_MEDIUM}>
          Tags
        </div>
        <div role="columnheader" className={FROM_WIDE}>
          Groups
        </div>
      </div>
    </div>
  );
}
