import {
  cloneElement,
  Suspense,
  useState,
  type ComponentProps,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
} from "react";

export type ButtonElement = ReactElement<ComponentProps<"button">>;

/** What stands beside the button that opened it, and closes itself. */
export interface Opened {
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
}

/** A button that opens a menu or a list, which is loaded when one is about to use it, so that a page is there sooner. */
export function Opener({
  button,
  popup,
  load,
  children,
}: {
  readonly button: ButtonElement;
  readonly popup: "menu" | "dialog";
  /** Loads what it opens. */
  readonly load: () => Promise<unknown>;
  readonly children: (opened: Opened) => ReactNode;
}) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const open = (event: KeyboardEvent<HTMLElement> | MouseEvent<HTMLElement>) => {
    setAnchor(anchor === null ? event.currentTarget : null);
  };
  return (
    <>
      {cloneElement(button, {
        "aria-haspopup": popup,
        "aria-expanded": anchor !== null,
        onPointerEnter: () => void load(),
        onFocus: () => void load(),
        onClick: open,
        onKeyDown(event: KeyboardEvent<HTMLElement>) {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          open(event);
        },
      })}
      {anchor !== null && (
        <Suspense>{children({ anchor, onClose: () => setAnchor(null) })}</Suspense>
      )}
    </>
  );
}
