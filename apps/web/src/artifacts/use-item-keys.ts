import { useCallback, useEffect, useRef, type KeyboardEvent, type RefObject } from "react";

export interface ItemKeys {
  /** Makes an item the one that Tab leads to, and with `focus` moves the focus there. */
  readonly goTo: (index: number, options?: { readonly focus?: boolean }) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export interface ItemKeysOptions {
  /** The place of the item that the Tab key leads to. */
  readonly active: number;
  readonly setActive: (index: number) => void;
  readonly count: number;
  /** How many stand beside each other. */
  readonly columns: number;
  /** How many lines a page is. */
  readonly pageLines: number;
  readonly area: RefObject<HTMLElement | null>;
  readonly scrollTo: (index: number) => void;
  /** Called after the arrows moved; with Shift they extend. */
  readonly onMove: (index: number, isExtending: boolean) => void;
  readonly onOpen: (index: number) => void;
  readonly onToggle: (index: number) => void;
  readonly onSelectAll: () => void;
}

/** The keys of a list of which one item at a time can be reached by Tab: arrows, Home, End, Enter, Space. */
export function useItemKeys(options: ItemKeysOptions): ItemKeys {
  const { active, setActive, count, columns, pageLines, area, scrollTo } = options;
  const wantsFocus = useRef(false);
  const goTo = useCallback<ItemKeys["goTo"]>(
    (index, { focus = false } = {}) => {
      wantsFocus.current = focus;
      scrollTo(index);
      setActive(index);
      // Where it is the active one already nothing is rendered anew.
      if (focus) requestAnimationFrame(() => focusIn(area.current, index));
    },
    [scrollTo, setActive, area],
  );
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    focusIn(area.current, active);
  }, [active, area]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (count === 0 || isInControl(event)) return;
    const isCommand = event.metaKey || event.ctrlKey;
    const step = stepOf(event.key, columns, pageLines, count);
    if (step !== null && !isCommand && !event.altKey) {
      event.preventDefault();
      const next = Math.max(0, Math.min(count - 1, active + step));
      if (next === active) return;
      goTo(next, { focus: true });
      options.onMove(next, event.shiftKey);
    } else if (event.key === "Enter" && !isCommand) {
      event.preventDefault();
      options.onOpen(active);
    } else if ((event.key === " " || event.key === "x") && !isCommand) {
      event.preventDefault();
      options.onToggle(active);
    } else if (event.key === "a" && isCommand) {
      event.preventDefault();
      options.onSelectAll();
    }
  };
  return { goTo, onKeyDown };
}

function stepOf(key: string, columns: number, pageLines: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
    case "j":
      return columns;
    case "ArrowUp":
    case "k":
      return -columns;
    case "ArrowRight":
      return columns > 1 ? 1 : null;
    case "ArrowLeft":
      return columns > 1 ? -1 : null;
    case "PageDown":
      return columns * pageLines;
    case "PageUp":
      return -columns * pageLines;
    case "Home":
      return -count;
    case "End":
      return count;
    default:
      return null;
  }
}

function focusIn(area: HTMLElement | null, index: number): void {
  area?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
}

/** A checkbox within an item has its own use for keys. */
function isInControl({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.closest("input, button, a") !== null;
}
