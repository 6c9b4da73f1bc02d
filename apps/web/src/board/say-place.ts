import { visibleText } from "../artifacts/visible-text.ts";
import type { BoardState } from "./board-state.ts";
import { cardsOf, UNGROUPED, type PlacedCard } from "./cards.ts";
import { calling } from "./drop-cards.ts";
import { readGroups } from "./group-cache.ts";

/** What is said of cards once they are where they are to be, such as `pdf, place 3 of 7 in Documents`. */
export function sayPlace(board: BoardState, cards: readonly PlacedCard[], column: string): string {
  const what = calling(cards);
  if (column === UNGROUPED) return `${what}, in no group`;
  const group = readGroups(board.collection).find(({ id }) => id === column);
  if (group === undefined) return what;
  const all = cardsOf(group);
  const place = all.findIndex(({ key }) => key === cards[0]?.key);
  return `${what}, place ${place + 1} of ${all.length} in ${visibleText(group.name)}`;
}
