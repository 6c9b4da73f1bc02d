import { useEffect, type KeyboardEvent } from "react";
import type { Artifact } from "../api/queries.ts";
import { cancelLift, holdLift, liftPlace, putDown } from "./lift.ts";
import { cardAt, focusPlace, type BoardState } from "./board-state.ts";
import { openCard } from "./open-card.ts";
import { UNGROUPED, type Place } from "./cards.ts";
import { AT_END } from "./move-cards.ts";
import { dropCards } from "./drop-cards.ts";
import { cardsToMove, clearSelection, extendSelection, toggleCard } from "./select-cards.ts";
import { neighbour, stepTo } from "./step.ts";

/** The keys of the board: arrows go or move what is lifted, Space lifts and puts down, Esc puts back. */
export function useBoardKeys(board: BoardState, index: ReadonlyMap<string, Artifact>) {
  useEffect(() => {
    // Whoever takes the pointer is done with the keys.
    const cancel = () => cancelLift(board);
    addEventListener("pointerdown", cancel);
    return () => removeEventListener("pointerdown", cancel);
  }, [board]);
  return (event: KeyboardEvent<HTMLElement>) => {
    const place = placeOf(event.target);
    if (place === null || event.nativeEvent.isComposing) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const act = actionOf(board, index, place, event);
    if (act === null) return;
    event.preventDefault();
    act();
  };
}

/** The card or head that a key was pressed on; null where that was something within it, such as a button. */
function placeOf(target: EventTarget): Place | null {
  if (!(target instanceof HTMLElement)) return null;
  const column = target.closest<HTMLElement>("[data-column]")?.dataset["column"];
  if (column === undefined) return null;
  const key = target.dataset["key"];
  if (key !== undefined) return { column, key };
  return target.dataset["head"] === undefined ? null : { column, key: null };
}

function actionOf(
  board: BoardState,
  index: ReadonlyMap<string, Artifact>,
  place: Place,
  event: KeyboardEvent<HTMLElement>,
): (() => void) | null {
  const { key, shiftKey } = event;
  if (board.lift.get() !== null) {
    if (key === " " || key === "Enter") return () => putDown(board, index);
    if (key === "Escape") return () => cancelLift(board);
    // Whatever else is pressed, nothing must happen to what is held.
    return () => holdLift(board, key);
  }
  const next = stepTo(board, place, key);
  if (next !== null) {
    return () => {
      const isExtending = shiftKey && next.column === place.column && next.key !== null;
      if (isExtending) extendSelection(board, place, next);
      focusPlace(board, next);
    };
  }
  if (key === " ") return () => liftPlace(board, place);
  if (key === "m" || key === "ContextMenu" || (key === "F10" && shiftKey)) {
    return () => openMenu(board, place, event.currentTarget);
  }
  const isGroup = place.column !== UNGROUPED;
  if (key === "F2" && isGroup) return () => board.renaming.set(place.column);
  if (key === "Escape" && board.selection.get().ids.size > 0) return () => clearSelection(board);
  const card = cardAt(board, place);
  if (card === null) {
    return key === "Enter" && isGroup ? () => openMenu(board, place, event.currentTarget) : null;
  }
  if (key === "Enter") return () => openCard(board, card);
  if (key === "x") return () => toggleCard(board, place);
  if ((key === "Delete" || key === "Backspace") && isGroup) {
    return () => {
      const cards = cardsToMove(board, card).filter(({ column }) => column !== UNGROUPED);
      focusPlace(board, neighbour(board, cards, place));
      clearSelection(board);
      const { collection } = board;
      void dropCards({ collection, cards, to: UNGROUPED, spot: AT_END, index });
    };
  }
  return null;
}

function openMenu(board: BoardState, { column, key }: Place, root: HTMLElement): void {
  const within = `[data-column="${CSS.escape(column)}"] ${
    key === null ? "[data-head]" : `[data-key="${CSS.escape(key)}"]`
  } [data-menu]`;
  const anchor = root.querySelector<HTMLElement>(within);
  if (anchor !== null) board.menu.set({ column, key, anchor });
}
