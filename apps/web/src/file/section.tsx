import { useId, type ReactNode } from "react";

/** A part of the panel, under its heading. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: ReactNode;
  /** What stands at the end of the heading, such as a button for all that is below. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-6">
      <div className="flex min-h-7 items-center gap-2">
        <h3 id={id} className="flex-1 text-sm font-semibold">
          {title}
        </h3>
        {aside}
      </div>
      <div className="mt-1.5">{children}</div>
    </section>
  );
}
