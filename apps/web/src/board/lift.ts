import { notifyManager } from "@tanstack/react-query";
import type { Artifact } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { announce } from "../ui/announce.tsx";
import { cardAt, focusPlace, type BoardState, type ColumnLift, type Lift } from "./board-state.ts";
import { UNGROUPED, type Place } from "./cards.ts";
import { calling, dropCards } from "./drop-cards.ts";
import { placeGroup } from "./group-changes.ts";
import { spotAt, withoutMembers, type CardLift } from "./move-cards.ts";
import { placeAmongAll } from "./place-columns.ts";
import { sayPlace } from "./say-place.ts";
import { cardsToMove, clearSelection } from "./select-cards.ts";

const HOW = "Arrows move it, Space puts it down, Escape puts it back.";

/** Lifts a card, with a selected one all that are selected, or a group. */
export function liftPlace(board: BoardState, place: Place): void {
  const card = cardAt(board, place);
  if (card !== null) {
    const cards = cardsToMove(board, card);
    const stay = withoutMembers(board.model.current.cards(card.column), cards);
    const own = board.model.current.cards(card.column).findIndex(({ key }) => key === card.key);
    const before = board.model.current.cards(card.column).slice(0, own);
    const index = before.filter(({ key }) => stay.some((each) => each.key === key)).length;
    hold(board, { kind: "cards", cards, to: card.column, index }, `, lifted. ${HOW}`);
  } else if (place.column !== UNGROUPED && place.key === null) {
    const index = board.model.current.columns.indexOf(place.column);
    hold(board, { kind: "column", column: place.column, index }, `, lifted. ${HOW}`);
  }
}

/** Moves what is lifted by an arrow; another key leaves it where it is. */
export function holdLift(board: BoardState, key: string): void {
  const lift = board.lift.get();
  if (lift === null) return;
  const next =
    lift.kind === "cards" ? moveCardsBy(board, lift, key) : moveColumnBy(board, lift, key);
  if (next !== null) hold(board, next);
}

/** Puts down what is lifted, where it is. */
export function putDown(board: BoardState, index: ReadonlyMap<string, Artifact>): void {
  const lift = board.lift.get();
  if (lift === null) return;
  const { collection, model } = board;
  if (lift.kind === "column") {
    const group = model.current.group(lift.column);
    const position = placeAmongAll(board, lift.column, lift.index);
    if (group !== undefined) void placeGroup(group, position);
    announce(`${saying(board, lift)}, put down`);
    endLift(board, { column: lift.column, key: null });
    return;
  }
  const { cards, to } = lift;
  const moved = new Set(cards.map(({ key }) => key));
  const others = withoutMembers(model.current.cards(to), cards);
  const isBack = to === UNGROUPED && cards.every(({ column }) => column === UNGROUPED);
  if (!isBack) {
    void dropCards({ collection, cards, to, spot: spotAt(others, moved, lift.index), index });
  }
  announce(`${sayPlace(board, cards, to)}, put down`);
  clearSelection(board);
  const [first] = cards;
  endLift(board, { column: to, key: first?.key ?? null });
}

/** Puts what is lifted back where it was. */
export function cancelLift(board: BoardState): void {
  const lift = board.lift.get();
  if (lift === null) return;
  board.lift.set(null);
  if (lift.kind === "column") {
    announce(`${visibleText(board.model.current.group(lift.column)?.name ?? "")} put back`);
    focusPlace(board, { column: lift.column, key: null });
    return;
  }
  const [first] = lift.cards;
  if (first === undefined) return;
  announce(`${sayPlace(board, lift.cards, first.column)}, put back`);
  focusPlace(board, first);
}

/** What was put down is shown by the data from now on; those are told of a moment later. */
function endLift(board: BoardState, place: Place): void {
  focusPlace(board, place);
  notifyManager.schedule(() => board.lift.set(null));
}

function hold(board: BoardState, lift: Lift, more = ""): void {
  board.lift.set(lift);
  const isCards = lift.kind === "cards";
  const key = isCards ? (lift.cards[0]?.key ?? null) : null;
  focusPlace(board, { column: isCards ? lift.to : lift.column, key });
  announce(saying(board, lift) + more);
}

function saying(board: BoardState, lift: Lift): string {
  const { group, cards, columns } = board.model.current;
  if (lift.kind === "column") {
    const name = visibleText(group(lift.column)?.name ?? "");
    return `${name}, place ${lift.index + 1} of ${columns.length - 1}`;
  }
  const what = calling(lift.cards);
  if (lift.to === UNGROUPED) return `${what}, in no group`;
  const others = withoutMembers(cards(lift.to), lift.cards);
  const name = visibleText(group(lift.to)?.name ?? "");
  return `${what}, place ${lift.index + 1} of ${others.length + lift.cards.length} in ${name}`;
}

function moveCardsBy(board: BoardState, lift: CardLift, key: string): CardLift | null {
  const { columns, cards } = board.model.current;
  const placesIn = (column: string) =>
    column === UNGROUPED ? 0 : withoutMembers(cards(column), lift.cards).length;
  const to = (index: number) => ({ ...lift, index: clamp(index, placesIn(lift.to)) });
  switch (key) {
    case "ArrowUp":
      return to(lift.index - 1);
    case "ArrowDown":
      return to(lift.index + 1);
    case "Home":
      return to(0);
    case "End":
      return to(Number.POSITIVE_INFINITY);
    case "ArrowLeft":
    case "ArrowRight": {
      const next = columns[columns.indexOf(lift.to) + (key === "ArrowLeft" ? -1 : 1)];
      if (next === undefined) return null;
      return { ...lift, to: next, index: clamp(lift.index, placesIn(next)) };
    }
    default:
      return null;
  }
}

function moveColumnBy(board: BoardState, lift: ColumnLift, key: string): ColumnLift | null {
  // The last one holds what is in no group, and stays.
  const last = board.model.current.columns.length - 2;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: lift.index - 1,
    ArrowRight: lift.index + 1,
    Home: 0,
    End: last,
  };
  const index = steps[key];
  return index === undefined ? null : { ...lift, index: clamp(index, last) };
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
