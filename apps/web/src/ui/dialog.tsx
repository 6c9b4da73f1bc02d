import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { buttonLook } from "./button.tsx";
import { classes } from "./classes.ts";

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Where it stands: in the middle, or as a panel at the side, which on a narrow screen is all of it. */
  readonly place?: "middle" | "side";
  /** Whether nothing in it takes the focus, so that the keys scroll it. */
  readonly isText?: boolean;
  readonly className?: string;
}

/** Something that is opened over the page, and closed by Esc, beside it, or its button. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, description, children, place = "middle" } = props;
  const { isText = false, className } = props;
  return (
    <Base.Root
      open={open}
      onOpenChange={(isOpen, { event }) => {
        if (!isOpen && !isInToast(event)) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={classes(
            "fixed z-50 flex flex-col border border-line bg-raised text-ink shadow-card outline-none transition-[opacity,translate,scale] duration-150",
            place === "middle"
              ? "top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[32rem] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 -translate-y-1/2 rounded-xl data-ending-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:scale-[0.98] data-starting-style:opacity-0"
              : "inset-y-0 right-0 w-[34rem] max-w-full data-ending-style:translate-x-4 data-ending-style:opacity-0 data-starting-style:translate-x-4 data-starting-style:opacity-0",
            className,
          )}
        >
          <header className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-base font-semibold">{title}</Base.Title>
              {description !== undefined && (
                <Base.Description className="mt-0.5 text-ink-soft">{description}</Base.Description>
              )}
            </div>
            <Base.Close aria-label="Close" className={buttonLook({ size: "small-icon" })}>
              <X />
            </Base.Close>
          </header>
          <div
            tabIndex={isText ? 0 : undefined}
            className="min-h-0 flex-1 overflow-y-auto px-4 py-4 focus-visible:-outline-offset-2"
          >
            {children}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** A message lies over a dialog, and what it offers is done without closing that. */
function isInToast({ target }: Event): boolean {
  return target instanceof Element && target.closest("[data-sonner-toaster]") !== null;
}

/** The buttons at the end of a dialog's content. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
  return <div className="mt-4 flex flex-wrap justify-end gap-2">{children}</div>;
}
