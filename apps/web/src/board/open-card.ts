import type { BoardState } from "./board-state.ts";
import type { PlacedCard } from "./cards.ts";

/** Opens what is known of a card's artifact; where none answers to its name, why that is and what to do. */
export function openCard(board: BoardState, card: PlacedCard): void {
  if (card.artifactId === null) board.dialog.set({ kind: "missing", card });
  else board.open.current(card.artifactId);
}
