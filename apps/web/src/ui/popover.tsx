import { Popover as Base } from "@base-ui/react/popover";
import type { ReactNode, RefObject } from "react";
import { classes } from "./classes.ts";

/**
 * Something small that is open beside the button that opened it; Esc and a click elsewhere close it. It is not
 * there while it is closed, so that many buttons cost nothing.
 */
export function Popover({
  anchor,
  label,
  onClose,
  className,
  children,
}: {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly onClose: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <Base.Root
      open
      onOpenChange={(isOpen, { event }) => {
        const { target } = event;
        // The button closes it by itself.
        const isButton = target instanceof Node && anchor.current?.contains(target);
        if (!isOpen && isButton !== true) onClose();
      }}
    >
      <Base.Portal>
        <Base.Positioner
          className="z-50 outline-none"
          anchor={anchor}
          sideOffset={6}
          align="start"
          collisionPadding={8}
        >
          <Base.Popup
            aria-label={label}
            finalFocus={anchor}
            className={classes(
              "max-w-(--available-width) rounded-lg border border-line bg-raised p-3 text-ink shadow-card outline-none",
              className,
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
