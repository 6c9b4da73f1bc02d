import { extendTo, NOTHING_SELECTED, toggleOne } from "../artifacts/selection.ts";
import { cardAt, type BoardState } from "./board-state.ts";
import { cardId, placeOfId, type Place, type PlacedCard } from "./cards.ts";

/** The cards that are selected and still there, as they stand on the board. */
export function selectedCards(board: BoardState): PlacedCard[] {
  const { ids } = board.selection.get();
  const { columns, cards } = board.model.current;
  const places = [...ids].map(placeOfId);
  const wanted = new Set(places.map(({ column }) => column));
  return columns
    .filter((column) => wanted.has(column))
    .flatMap((column) =>
      cards(column)
        .filter(({ key }) => ids.has(cardId(column, key)))
        .map((card) => ({ ...card, column })),
    );
}

/** What moves with a card: all that are selected, where it is one of them. */
export function cardsToMove(board: BoardState, card: PlacedCard): PlacedCard[] {
  const isSelected = board.selection.get().ids.has(cardId(card.column, card.key));
  return isSelected ? selectedCards(board) : [card];
}

/** Selects a card, or no more where it was. */
export function toggleCard(board: BoardState, place: Place): void {
  const card = cardAt(board, place);
  if (card === null) return;
  board.selection.change((before) => toggleOne(before, cardId(card.column, card.key)));
}

/** Selects all cards of a column from where the range begins to a card. @param from where it begins, unless it has begun */
export function extendSelection(board: BoardState, from: Place | null, to: Place): void {
  if (to.key === null) return;
  const order = board.model.current.cards(to.column).map(({ key }) => cardId(to.column, key));
  const end = cardId(to.column, to.key);
  const start =
    from?.key === null || from?.column !== to.column ? null : cardId(from.column, from.key);
  board.selection.change((before) => {
    const hasBegun = before.anchor !== null && order.includes(before.anchor);
    const begun =
      hasBegun || start === null
        ? before
        : toggleOne(
            { ...before, ids: new Set([...before.ids].filter((id) => id !== start)) },
            start,
          );
    return extendTo(begun, end, order);
  });
}

export function clearSelection(board: BoardState): void {
  board.selection.set(NOTHING_SELECTED);
}
