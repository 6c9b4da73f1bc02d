import type { BoardState } from "./board-state.ts";
import type { Place, PlacedCard } from "./cards.ts";

const PAGE = 8;

/** Where a key leads from a card or a head; null where it leads nowhere. */
export function stepTo(board: BoardState, { column, key }: Place, pressed: string): Place | null {
  const { columns, cards } = board.model.current;
  const list = cards(column);
  const at = key === null ? -1 : list.findIndex((card) => card.key === key);
  const last = list.length - 1;
  switch (pressed) {
    case "ArrowUp":
      return { column, key: list[at - 1]?.key ?? null };
    case "ArrowDown":
      return { column, key: list[Math.min(at + 1, last)]?.key ?? null };
    case "PageUp":
      return { column, key: list[Math.max(0, at - PAGE)]?.key ?? null };
    case "PageDown":
    case "End":
      return {
        column,
        key: list[pressed === "End" ? last : Math.min(at + PAGE, last)]?.key ?? null,
      };
    case "Home":
      return { column, key: list[0]?.key ?? null };
    case "ArrowLeft":
    case "ArrowRight": {
      const next = columns[columns.indexOf(column) + (pressed === "ArrowLeft" ? -1 : 1)];
      if (next === undefined) return null;
      if (at === -1) return { column: next, key: null };
      return { column: next, key: (cards(next)[at] ?? cards(next).at(-1))?.key ?? null };
    }
    default:
      return null;
  }
}

/** Where the focus goes once cards are gone from a column: to the next one, else the one before, else the head. */
export function neighbour(
  board: BoardState,
  gone: readonly PlacedCard[],
  { column, key }: Place,
): Place {
  const list = board.model.current.cards(column);
  const keys = new Set(gone.filter((card) => card.column === column).map((card) => card.key));
  const stays = (card: { readonly key: string }) => !keys.has(card.key);
  const at = list.findIndex((card) => card.key === key);
  const next = list.slice(at + 1).find(stays) ?? list.slice(0, Math.max(0, at)).findLast(stays);
  return { column, key: next?.key ?? null };
}
