import { useId, type ComponentProps, type ReactNode } from "react";
import { classes } from "./classes.ts";

const BOX =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-ink outline-none focus-visible:border-focus focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-focus aria-invalid:border-bad";

/** A field of one line. */
export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={classes(BOX, "h-8", className)} {...props} />;
}

/** A field of many lines. */
export function TextArea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={classes(BOX, "min-h-20 py-1.5", className)} {...props} />;
}

/** A field with its label, what it is for, and what is wrong with it. */
export function Field({
  label,
  hint,
  problem,
  children,
}: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string | null;
  readonly children: (props: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": boolean;
  }) => ReactNode;
}) {
  const id = useId();
  const isWrong = problem !== undefined && problem !== null;
  const about = isWrong || hint !== undefined ? `${id}-about` : undefined;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[0.8125rem] font-medium">
        {label}
      </label>
      {children({ id, "aria-describedby": about, "aria-invalid": isWrong })}
      {about !== undefined && (
        <p id={about} className={classes("text-xs", isWrong ? "text-bad" : "text-ink-faint")}>
          {isWrong ? problem : hint}
        </p>
      )}
    </div>
  );
}
