import type { FocusEvent, MouseEvent } from "react";
import { cardAt, type BoardState } from "./board-state.ts";
import { openCard } from "./open-card.ts";
import type { Place } from "./cards.ts";
import { extendSelection, toggleCard } from "./select-cards.ts";

/** What a click and the focus mean on the board; for all cards in one place. */
export function boardPointer(board: BoardState) {
  return {
    onFocus(event: FocusEvent<HTMLElement>) {
      const place = placeWithin(event.target);
      const now = board.active.get();
      if (place === null || (now?.column === place.column && now.key === place.key)) return;
      board.active.set(place);
    },
    onMouseDown(event: MouseEvent<HTMLElement>) {
      // A range of text is not what was meant.
      if (event.shiftKey && typeof placeWithin(event.target)?.key === "string") {
        event.preventDefault();
      }
    },
    onClick(event: MouseEvent<HTMLElement>) {
      const place = placeWithin(event.target);
      if (place === null || !(event.target instanceof Element)) return;
      const button = event.target.closest<HTMLElement>("[data-menu]");
      if (button !== null) return board.menu.set({ ...place, anchor: button });
      const card = cardAt(board, place);
      if (card === null) return;
      const before = board.active.get();
      board.active.set(place);
      if (event.shiftKey) extendSelection(board, before, place);
      else if (event.metaKey || event.ctrlKey) toggleCard(board, place);
      else openCard(board, card);
    },
  };
}

/** The card or the head that something belongs to. */
function placeWithin(target: EventTarget): Place | null {
  if (!(target instanceof Element)) return null;
  const column = target.closest<HTMLElement>("[data-column]")?.dataset["column"];
  if (column === undefined) return null;
  const key = target.closest<HTMLElement>("[data-key]")?.dataset["key"];
  if (key !== undefined) return { column, key };
  return target.closest("[data-head]") === null ? null : { column, key: null };
}
