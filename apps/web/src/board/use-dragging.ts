import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/extract-closest-edge";
import { useEffect, useRef } from "react";
import type { Artifact } from "../api/queries.ts";
import { announce } from "../ui/announce.tsx";
import { cardAt, type BoardState, type DropTarget } from "./board-state.ts";
import { byColumn, spotAt } from "./move-cards.ts";
import type { Place, PlacedCard } from "./cards.ts";
import { dropCards } from "./drop-cards.ts";
import { placeGroup } from "./group-changes.ts";
import { placeAmongAll } from "./place-columns.ts";
import { sayPlace } from "./say-place.ts";
import { cardsToMove } from "./select-cards.ts";

/** Begins to drag a card, and with a selected one all that are selected. @returns how many */
export function startDrag(board: BoardState, place: Place): number {
  const card = cardAt(board, place);
  if (card === null) return 0;
  const cards = cardsToMove(board, card);
  const keys = new Map(
    [...byColumn(cards)].map(([column, list]) => [column, new Set(list.map(({ key }) => key))]),
  );
  board.lift.set(null);
  board.drag.set({ kind: "cards", cards, keys });
  return cards.length;
}

function endDrag(board: BoardState): void {
  board.drag.set(null);
  board.target.set(null);
}

/** Follows what is dragged over the board, and does what a drop means. */
export function useDragging(board: BoardState, index: ReadonlyMap<string, Artifact>): void {
  const newest = useRef(index);
  newest.current = index;
  useEffect(
    () =>
      monitorForElements({
        onDrag({ location }) {
          setTarget(board, readTarget(location.current.dropTargets));
        },
        onDropTargetChange({ location }) {
          setTarget(board, readTarget(location.current.dropTargets));
        },
        onDrop({ location }) {
          const target = readTarget(location.current.dropTargets);
          const drag = board.drag.get();
          endDrag(board);
          if (drag === null || target === null) return;
          if (drag.kind === "column") dropColumn(board, drag.column, target);
          else if (target.kind === "cards") drop(board, drag.cards, target, newest.current);
        },
      }),
    [board],
  );
}

function drop(
  board: BoardState,
  cards: readonly PlacedCard[],
  { column, index }: DropTarget & { readonly kind: "cards" },
  artifacts: ReadonlyMap<string, Artifact>,
): void {
  const moved = new Set(cards.map(({ key }) => key));
  const spot = spotAt(board.model.current.cards(column), moved, index);
  void dropCards({ collection: board.collection, cards, to: column, spot, index: artifacts });
  board.selection.change((before) => ({
    ...before,
    ids: new Set(),
    anchor: null,
    besides: new Set(),
  }));
  announce(sayPlace(board, cards, column));
  const [first] = cards;
  if (first !== undefined) board.active.set({ column, key: first.key });
}

function dropColumn(board: BoardState, dragged: string, target: DropTarget): void {
  if (target.kind !== "column") return;
  const { columns, group } = board.model.current;
  const own = group(dragged);
  const others = columns.filter((column) => column !== dragged);
  const at = others.indexOf(target.column) + (target.edge === "right" ? 1 : 0);
  if (own === undefined || at === -1) return;
  const position = placeAmongAll(board, dragged, at);
  void placeGroup(own, position);
  announce(`${own.name}, place ${position + 1} of ${board.model.current.groups.length}`);
}

function setTarget(board: BoardState, target: DropTarget | null): void {
  const before = board.target.get();
  if (JSON.stringify(before) !== JSON.stringify(target)) board.target.set(target);
}

function readTarget(
  targets: readonly { readonly data: Record<string | symbol, unknown> }[],
): DropTarget | null {
  for (const { data } of targets) {
    const { cards, index, column } = data;
    if (typeof cards === "string" && typeof index === "number") {
      return { kind: "cards", column: cards, index };
    }
    const edge = extractClosestEdge(data);
    if (typeof column === "string" && (edge === "left" || edge === "right")) {
      return { kind: "column", column, edge };
    }
  }
  return null;
}
