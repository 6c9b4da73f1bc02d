import type { ReactNode } from "react";

/** What a place says that holds nothing yet: what it is for, and what to do. */
export function Empty({
  icon,
  title,
  isPage = false,
  children,
  actions,
}: {
  readonly icon?: ReactNode;
  readonly title: string;
  /** Whether it is all that its page has, whose title it is then. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const Title = isPage ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-16 text-center">
      {icon !== undefined && (
        <div className="mb-3 rounded-full bg-sunken p-3 text-ink-faint [&_svg]:size-6">{icon}</div>
      )}
      <Title className="text-base font-semibold">{title}</Title>
      <div className="mt-1 text-ink-soft">{children}</div>
      {actions !== undefined && (
        <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}

/** A command that can be typed in a terminal. */
export function Command({ children }: { readonly children: string }) {
  return (
    <code className="inline-block rounded bg-sunken px-1.5 py-0.5 font-mono text-[0.8125rem] text-ink select-all">
      {children}
    </code>
  );
}
