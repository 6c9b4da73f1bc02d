import { useEffect } from "react";
import { undoChange } from "../api/undo.ts";
import { isCommand } from "./keys.ts";
import {
  closePalette,
  isPaletteOpen,
  openKeys,
  openPalette,
  paletteText,
} from "./palette-host.tsx";

/** The keys that work on every page; none acts while a dialog or a menu is open. */
export function useShortcuts(collection: string | undefined): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = actionOf(event, collection);
      if (act === null) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [collection]);
}

/** What a key does; null where it is somebody else's. */
function actionOf(event: KeyboardEvent, collection: string | undefined): (() => void) | null {
  if (event.defaultPrevented || event.isComposing || event.repeat) return null;
  const isK = isCommand(event) && event.key.toLowerCase() === "k";
  if (isK && isPaletteOpen()) return closePalette;
  // Its field may not be there yet.
  if (isPaletteOpen() && isLetter(event) && !isInField(event)) {
    return () => paletteText.change((before) => before + event.key);
  }
  if (isPaletteOpen() || isSomethingOpen()) return null;
  if (isK) return openPalette;
  if (isInField(event)) return null;
  if (isCommand(event) && event.key.toLowerCase() === "z" && collection !== undefined) {
    return () => void undoChange(collection);
  }
  if (event.metaKey || event.ctrlKey || event.altKey) return null;
  if (event.key === "?") return openKeys;
  const field = document.querySelector<HTMLElement>("[data-search]");
  return event.key === "/" && field !== null ? () => field.focus() : null;
}

/** Whether a key writes something. */
function isLetter({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && !ctrlKey && !metaKey;
}

/** What is open takes the keys; one that is about to go is not open any more. */
function isSomethingOpen(): boolean {
  const open = ["dialog", "alertdialog", "menu", "listbox"].map(
    (role) => `[role="${role}"]:not([data-ending-style]):not([data-closed])`,
  );
  return document.querySelector(open.join(",")) !== null;
}

/** Whether a person is typing into something that has its own use for keys. */
function isInField({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target.matches("textarea, select, [role='textbox'], input:not([type='checkbox'])");
}
