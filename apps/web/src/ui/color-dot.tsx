import { classes } from "./classes.ts";
import { cssColorOf } from "./colors.ts";

/** A colour as a dot; its edge leans to the ink, so that white is seen on white. None is a ring. */
export function ColorDot({
  color,
  className,
}: {
  readonly color: string;
  readonly className?: string;
}) {
  const css = cssColorOf(color);
  return (
    <span
      aria-hidden
      className={classes(
        "inline-block size-2.5 shrink-0 rounded-full border",
        css === null && "border-dashed border-line-strong",
        className,
      )}
      style={
        css === null
          ? undefined
          : { backgroundColor: css, borderColor: `color-mix(in oklab, ${css} 70%, var(--ink))` }
      }
    />
  );
}
