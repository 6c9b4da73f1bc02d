import type { Member } from "../api/queries.ts";
import { identityOf, type Card, type PlacedCard, UNGROUPED } from "./cards.ts";

/** Where cards go in a column: before a card, else behind one, else to the end. */
export interface Spot {
  readonly before: string | null;
  readonly after: string | null;
}

export const AT_END: Spot = { before: null, after: null };

/** The spot before the card at an index of a column, among those that are not moved themselves. */
export function spotAt(
  shown: readonly Pick<Card, "key">[],
  moved: ReadonlySet<string>,
  index: number,
): Spot {
  const stays = ({ key }: Pick<Card, "key">) => !moved.has(key);
  return {
    before: shown.slice(index).find(stays)?.key ?? null,
    after: shown.slice(0, index).findLast(stays)?.key ?? null,
  };
}

/** The place of a spot among those that stay, counted from 0. */
export function placeOfSpot(stay: readonly Pick<Card, "key">[], { before, after }: Spot): number {
  const next = before === null ? -1 : stay.findIndex(({ key }) => key === before);
  if (next !== -1) return next;
  const last = after === null ? -1 : stay.findIndex(({ key }) => key === after);
  return last === -1 ? stay.length : last + 1;
}

/** Puts members at a place of a list that may hold some of them, as the server does it. */
export function placeMembers<M extends Member>(
  before: readonly M[],
  added: readonly M[],
  at: number,
): M[] {
  const wanted = new Set(added.map(identityOf));
  const others = before.filter((member) => !wanted.has(identityOf(member)));
  return others.toSpliced(at, 0, ...added);
}

/** Leaves out members. */
export function withoutMembers<M extends Member>(
  before: readonly M[],
  taken: readonly Member[],
): M[] {
  const gone = new Set(taken.map(identityOf));
  return before.filter((member) => !gone.has(identityOf(member)));
}

/** What a person has lifted with the keyboard, and where it is held. */
export interface CardLift {
  readonly kind: "cards";
  readonly cards: readonly PlacedCard[];
  readonly to: string;
  /** Its place among the others of that column. */
  readonly index: number;
}

/** The cards of a column as they would be if what is lifted were put down. */
export function withLifted(
  cards: readonly Card[],
  column: string,
  lift: CardLift | null,
): readonly Card[] {
  if (lift === null) return cards;
  const isHere = lift.cards.some((card) => card.column === column);
  if (lift.to !== column) {
    return isHere ? leaving(cards, lift.cards, column) : cards;
  }
  // Artifacts in no group have their order from their names.
  if (column === UNGROUPED && isHere) return cards;
  return placeMembers(cards, lift.cards, lift.index);
}

function leaving(cards: readonly Card[], lifted: readonly PlacedCard[], column: string) {
  return withoutMembers(
    cards,
    lifted.filter((card) => card.column === column),
  );
}

/** Cards by the columns that they stand in, in the order given. */
export function byColumn(cards: readonly PlacedCard[]): ReadonlyMap<string, PlacedCard[]> {
  const columns = new Map<string, PlacedCard[]>();
  for (const card of cards) {
    const list = columns.get(card.column);
    if (list === undefined) columns.set(card.column, [card]);
    else list.push(card);
  }
  return columns;
}
