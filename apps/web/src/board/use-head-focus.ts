import { useLayoutEffect, type RefObject } from "react";
import { useStore } from "../api/store.ts";
import type { BoardState } from "./board-state.ts";

/** Whether the Tab key leads to the head of a column; it gets the focus where that is wanted. */
export function useHeadFocus(
  board: BoardState,
  column: string,
  element: RefObject<HTMLElement | null>,
): boolean {
  const active = useStore(board.active, (place) =>
    place?.column === column && place.key === null ? place : null,
  );
  useLayoutEffect(() => {
    const { wanted } = board;
    if (wanted.current?.column !== column || wanted.current.key !== null) return;
    wanted.current = null;
    element.current?.focus({ preventScroll: true });
  }, [board, column, element, active]);
  return active !== null;
}
