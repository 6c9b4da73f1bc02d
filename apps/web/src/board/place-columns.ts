import type { BoardState } from "./board-state.ts";
import { UNGROUPED } from "./cards.ts";

/**
 * The position among all groups of a place among those that are shown.
 * @param at how many of the others that are shown come before it
 */
export function placeAmongAll(board: BoardState, moved: string, at: number): number {
  const { columns, groups } = board.model.current;
  const shown = columns.filter((column) => column !== moved && column !== UNGROUPED);
  const all = groups.map(({ id }) => id).filter((id) => id !== moved);
  const next = shown[at];
  if (next !== undefined) return all.indexOf(next);
  const last = shown.at(-1);
  return last === undefined ? all.length : all.indexOf(last) + 1;
}
