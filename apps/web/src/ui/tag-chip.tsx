import { visibleText } from "../artifacts/visible-text.ts";
import { classes } from "./classes.ts";
import { ColorDot } from "./color-dot.tsx";
import { cssColorOf } from "./colors.ts";

/** A tag by its name, tinted so little that the text stays readable whatever the colour is. */
export function TagChip({
  name,
  color,
  className,
}: {
  readonly name: string;
  readonly color: string;
  readonly className?: string;
}) {
  const css = cssColorOf(color);
  return (
    <span
      className={classes(
        "inline-flex h-6 max-w-full min-w-0 items-center gap-1.5 rounded-full bg-sunken px-2 text-[0.8125rem] text-ink",
        className,
      )}
      style={
        css === null
          ? undefined
          : { backgroundColor: `color-mix(in oklab, ${css} 14%, var(--surface))` }
      }
    >
      <ColorDot color={color} className="size-2" />
      <bdi className="truncate">{visibleText(name)}</bdi>
    </span>
  );
}
