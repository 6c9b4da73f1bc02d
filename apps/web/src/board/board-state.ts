import { createContext, useContext } from "react";
import { createStore, type Store } from "../api/store.ts";
import type { Group } from "../api/queries.ts";
import { NOTHING_SELECTED, type Selection } from "../artifacts/selection.ts";
import type { Card, Place, PlacedCard } from "./cards.ts";
import type { CardLift } from "./move-cards.ts";

/** What the board shows now, for what happens on it. */
export interface BoardModel {
  /** The columns that are shown, in order. */
  readonly columns: readonly string[];
  readonly group: (column: string) => Group | undefined;
  /** The cards of a column that are shown, in order. */
  readonly cards: (column: string) => readonly Card[];
  /** The groups in their order, also those that a filter hides. */
  readonly groups: readonly Group[];
}

/** A column that is lifted with the keyboard. @param index its place among the groups that are shown */
export interface ColumnLift {
  readonly kind: "column";
  readonly column: string;
  readonly index: number;
}

export type Lift = CardLift | ColumnLift;

/** What the pointer drags. */
export type Drag =
  | { readonly kind: "cards"; readonly cards: readonly PlacedCard[]; readonly keys: KeysByColumn }
  | { readonly kind: "column"; readonly column: string };

type KeysByColumn = ReadonlyMap<string, ReadonlySet<string>>;

/** Where it would be dropped: before an index of a column's cards, or at a side of a column. */
export type DropTarget =
  | { readonly kind: "cards"; readonly column: string; readonly index: number }
  | { readonly kind: "column"; readonly column: string; readonly edge: "left" | "right" };

/** A menu that is open, and the button that it belongs to. */
export interface OpenMenu extends Place {
  readonly anchor: HTMLElement;
}

export type OpenDialog =
  | { readonly kind: "move"; readonly way: "move" | "add"; readonly cards: readonly PlacedCard[] }
  | { readonly kind: "group"; readonly group: Group }
  | { readonly kind: "missing"; readonly card: PlacedCard };

/** What happens on a board, apart from what it shows. Each part is followed by those alone that it concerns. */
export interface BoardState {
  readonly collection: string;
  /** Where the Tab key leads to. */
  readonly active: Store<Place | null>;
  /** The column that is furthest left in sight. */
  readonly inSight: Store<string | null>;
  readonly selection: Store<Selection>;
  readonly lift: Store<Lift | null>;
  readonly drag: Store<Drag | null>;
  readonly target: Store<DropTarget | null>;
  readonly menu: Store<OpenMenu | null>;
  readonly dialog: Store<OpenDialog | null>;
  /** The group whose name is edited. */
  readonly renaming: Store<string | null>;
  /** Whether a name is typed for a new group. */
  readonly creating: Store<boolean>;
  readonly model: { current: BoardModel };
  /** Where the focus is to go once that is on the page. */
  readonly wanted: { current: Place | null };
  readonly open: { current: (artifact: string) => void };
}

const EMPTY: BoardModel = { columns: [], group: () => undefined, cards: () => [], groups: [] };

/** @param isCreating whether a name is typed for a new group from the start */
export function createBoardState(collection: string, isCreating: boolean): BoardState {
  return {
    collection,
    active: createStore<Place | null>(null),
    inSight: createStore<string | null>(null),
    selection: createStore(NOTHING_SELECTED),
    lift: createStore<Lift | null>(null),
    drag: createStore<Drag | null>(null),
    target: createStore<DropTarget | null>(null),
    menu: createStore<OpenMenu | null>(null),
    dialog: createStore<OpenDialog | null>(null),
    renaming: createStore<string | null>(null),
    creating: createStore(isCreating),
    model: { current: EMPTY },
    wanted: { current: null },
    open: { current: () => {} },
  };
}

const Context = createContext<BoardState | null>(null);

export const BoardProvider = Context.Provider;

/** The state of the board that a component is on. */
export function useBoard(): BoardState {
  const board = useContext(Context);
  if (board === null) throw new Error("Not on a board");
  return board;
}

/** Moves the focus to a card or a head as soon as it is on the page. */
export function focusPlace(board: BoardState, { column, key }: Place): void {
  const place = { column, key };
  board.wanted.current = place;
  board.active.set(place);
}

/** The card at a place, with its column; null where none is. */
export function cardAt(board: BoardState, { column, key }: Place): PlacedCard | null {
  const card = board.model.current.cards(column).find((each) => each.key === key);
  return card === undefined ? null : { ...card, column };
}
