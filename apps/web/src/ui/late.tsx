import {
  cloneElement,
  Suspense,
  useState,
  type ComponentProps,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from "react";

export type ButtonElement = ReactElement<ComponentProps<"button">>;

/** A button whose menu or list is loaded when one is about to use it, so that a page is there sooner. */
export function Late({
  button,
  popup,
  load,
  children,
}: {
  readonly button: ButtonElement;
  readonly popup: "menu" | "dialog";
  /** Loads what the children are made of. */
  readonly load: () => Promise<unknown>;
  /** The button with what it opens, which is open at first. */
  readonly children: ReactNode;
}) {
  const [isWanted, setWanted] = useState(false);
  if (isWanted) return <Suspense fallback={button}>{children}</Suspense>;
  return cloneElement(button, {
    "aria-haspopup": popup,
    "aria-expanded": false,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => setWanted(true),
    onKeyDown(event: KeyboardEvent) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      setWanted(true);
    },
  });
}
