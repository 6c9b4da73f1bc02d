import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

const look = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md text-sm font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        plain: "text-ink-soft hover:bg-sunken hover:text-ink data-[popup-open]:bg-sunken",
        outline: "border border-line-strong bg-surface text-ink hover:bg-sunken",
        accent: "bg-accent text-accent-ink hover:brightness-110",
        danger: "bg-bad text-surface hover:brightness-110",
      },
      size: {
        normal: "h-8 px-3",
        small: "h-7 px-2 text-[0.8125rem]",
        icon: "size-8",
        "small-icon": "size-7",
      },
    },
    defaultVariants: { look: "plain", size: "normal" },
  },
);

/** How a button looks; also for what is a button to the eye alone, such as a link or a menu's trigger. */
export function buttonLook(options: VariantProps<typeof look>): string {
  return classes(look(options));
}

/** A button. One that shows an icon alone needs an `aria-label`. */
export function Button({
  look: kind,
  size,
  className,
  type = "button",
  ...props
}: ComponentProps<"button"> & VariantProps<typeof look>) {
  return (
    <button type={type} className={classes(look({ look: kind, size }), className)} {...props} />
  );
}
