import { classes } from "../ui/classes.ts";

/** The box by which an artifact is selected. The list that holds it handles the click, for the sake of Shift. */
export function ItemCheckbox({
  name,
  isSelected,
  className,
}: {
  readonly name: string;
  readonly isSelected: boolean;
  readonly className?: string;
}) {
  return (
    <span
      data-check
      className={classes("inline-flex size-9 shrink-0 items-center justify-center", className)}
    >
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Select ${name}`}
        checked={isSelected}
        readOnly
        className="size-4 accent-accent"
      />
    </span>
  );
}
