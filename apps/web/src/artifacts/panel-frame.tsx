import { Dialog } from "@base-ui/react/dialog";
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { isOnPage } from "./is-on-page.ts";
import { useWide } from "./use-wide.ts";

export interface PanelFrameProps {
  /** The id of the element that names it. */
  readonly titleId: string;
  /** What it is of: where the page shows that too, the focus goes back there. */
  readonly id: string;
  readonly onClose: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

/** Where details stand: at the side of a page that is used on, or where that has no room over it. */
export function PanelFrame(props: PanelFrameProps) {
  return useWide() ? <SidePanel {...props} /> : <OverPanel {...props} />;
}

/** It is no dialog: what is beside it, and the keys of the page, go on working. */
function SidePanel({ titleId, id, onClose, onKeyDown, children }: PanelFrameProps) {
  const panel = useRef<HTMLElement>(null);
  useFocusWithin(panel, id);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && isOnPage(event.target)) onClose();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      className="fixed top-13 right-0 bottom-0 z-30 flex w-[30rem] flex-col border-l border-line bg-raised text-ink outline-none"
    >
      {children}
    </aside>
  );
}

function OverPanel({ titleId, onClose, onKeyDown, children }: PanelFrameProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-black/40" />
        <Dialog.Popup
          ref={popup}
          initialFocus={popup}
          aria-labelledby={titleId}
          onKeyDown={onKeyDown}
          className="fixed inset-y-0 right-0 z-30 flex w-full flex-col border-l border-line bg-raised text-ink shadow-card outline-none sm:w-[30rem]"
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Moves the focus into a panel that opens, and back once it is closed. */
function useFocusWithin(panel: RefObject<HTMLElement | null>, id: string): void {
  const newest = useRef(id);
  useEffect(() => {
    newest.current = id;
  }, [id]);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      // Whoever went elsewhere meanwhile stays there.
      if (document.activeElement !== document.body) return;
      const shown = document.querySelector<HTMLElement>(
        `[data-id="${CSS.escape(newest.current)}"]`,
      );
      const back = shown ?? before;
      if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
    };
  }, [panel]);
}
