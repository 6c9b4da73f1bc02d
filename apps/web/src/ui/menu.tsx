import { Menu as Base } from "@base-ui/react/menu";
import { ChevronRight } from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { classes } from "./classes.ts";

const POPUP =
  "z-50 max-h-[min(24rem,var(--available-height))] min-w-44 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-card outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0";
const ITEM =
  "flex items-center gap-2 rounded-md px-2 py-1.5 text-sm outline-none select-none data-highlighted:bg-sunken data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint";

/**
 * Where a menu is put: into the part of the page that its button is in, so that it is found there. Over a dialog it is put at
 * the end of the page, since within what is moved nothing has a fixed place.
 */
function landmarkOf(button: Element | null): HTMLElement | undefined {
  if (button === null || button.closest('[role="dialog"]') !== null) return undefined;
  return button.closest<HTMLElement>("main, header") ?? undefined;
}

/** A menu that a button opens. @param trigger the button, which gets what opens it */
export function Menu({
  trigger,
  children,
  align = "end",
}: {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: "start" | "end";
}) {
  const [button, setButton] = useState<HTMLElement | null>(null);
  return (
    <Base.Root>
      <Base.Trigger ref={setButton} render={trigger} />
      <Base.Portal container={landmarkOf(button)}>
        <Base.Positioner
          className="z-50 outline-none"
          positionMethod="fixed"
          sideOffset={4}
          align={align}
        >
          <Base.Popup className={POPUP}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/**
 * A menu that is open beside something; one for many buttons, since each of a thousand would be slow.
 * @param finalFocus what gets the focus once it is closed; false where that has gone elsewhere
 */
export function MenuAt({
  anchor,
  label,
  onClose,
  finalFocus,
  align = "end",
  children,
}: {
  readonly anchor: Element;
  readonly label: string;
  readonly onClose: () => void;
  readonly finalFocus: () => HTMLElement | false;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}) {
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal container={landmarkOf(anchor)}>
        <Base.Positioner
          className="z-50 outline-none"
          positionMethod="fixed"
          anchor={anchor}
          sideOffset={4}
          align={align}
        >
          <Base.Popup aria-label={label} className={POPUP} finalFocus={finalFocus}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  onSelect,
  danger = false,
  disabled = false,
  children,
}: {
  readonly onSelect: () => void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={onSelect}
      className={classes(ITEM, danger && "text-bad [&_svg]:text-bad")}
    >
      {children}
    </Base.Item>
  );
}

/** A choice of one among several, such as a theme or an order. */
export function MenuChoice<T extends string>({
  label,
  value,
  choices,
  onChoose,
}: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: ReactNode }[];
  readonly onChoose: (value: T) => void;
}) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChoose} aria-label={label}>
      <Base.Group>
        <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-faint">
          {label}
        </Base.GroupLabel>
        {choices.map((choice) => (
          <Base.RadioItem key={choice.value} value={choice.value} closeOnClick className={ITEM}>
            <span className="inline-flex w-4 justify-center">
              <Base.RadioItemIndicator>✓</Base.RadioItemIndicator>
            </span>
            {choice.label}
          </Base.RadioItem>
        ))}
      </Base.Group>
    </Base.RadioGroup>
  );
}

/** A menu within a menu. */
export function SubMenu({
  label,
  children,
}: {
  readonly label: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className={ITEM}>
        {label}
        <ChevronRight className="ml-auto" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner className="z-50 outline-none" sideOffset={2}>
          <Base.Popup className={POPUP}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}
