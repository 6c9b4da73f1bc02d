import { useStore } from "../api/store.ts";
import type { BoardState } from "./board-state.ts";
import type { CardLift } from "./move-cards.ts";

/** The cards that are lifted, as far as they concern a column. */
export function useLifted({ lift }: BoardState, column: string): CardLift | null {
  return useStore(lift, (now) => {
    if (now?.kind !== "cards") return null;
    const concerns = now.to === column || now.cards.some((card) => card.column === column);
    return concerns ? now : null;
  });
}
