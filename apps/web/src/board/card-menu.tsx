import {
  ArrowDown,
  ArrowUp,
  CircleAlert,
  FolderInput,
  FolderPlus,
  FolderX,
  PanelRight,
  SquareCheck,
} from "lucide-react";
import type { Artifact } from "../api/queries.ts";
import { countOf } from "../artifacts/count-of.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { announce } from "../ui/announce.tsx";
import { MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { focusPlace, useBoard } from "./board-state.ts";
import { cardId, UNGROUPED, type PlacedCard } from "./cards.ts";
import { dropCards } from "./drop-cards.ts";
import { AT_END, spotAt } from "./move-cards.ts";
import { openCard } from "./open-card.ts";
import { sayPlace } from "./say-place.ts";
import { cardsToMove, clearSelection, toggleCard } from "./select-cards.ts";
import { neighbour } from "./step.ts";

/** What can be done with a card, and with a selected one what can be done with all that are selected. */
export function CardMenu({
  card,
  index,
}: {
  readonly card: PlacedCard;
  readonly index: ReadonlyMap<string, Artifact>;
}) {
  const board = useBoard();
  const { collection } = board;
  const { cards: cardsIn, group } = board.model.current;
  const cards = cardsToMove(board, card);
  const grouped = cards.filter(({ column }) => column !== UNGROUPED);
  const isSelected = board.selection.get().ids.has(cardId(card.column, card.key));
  const list = cardsIn(card.column);
  const at = list.findIndex(({ key }) => key === card.key);
  const isOne = cards.length === 1;
  const what = isOne ? "" : ` ${countOf(cards.length, "artifact")}`;
  const from = isOne ? ` of “${visibleText(group(card.column)?.name ?? "")}”` : " of their groups";
  const moveTo = (place: number) => {
    const spot = spotAt(list, new Set([card.key]), place);
    void dropCards({ collection, cards: [card], to: card.column, spot, index });
    announce(sayPlace(board, [card], card.column));
    focusPlace(board, card);
  };
  const takeOut = () => {
    focusPlace(board, neighbour(board, grouped, card));
    clearSelection(board);
    void dropCards({ collection, cards: grouped, to: UNGROUPED, spot: AT_END, index });
  };
  return (
    <>
      <MenuItem onSelect={() => openCard(board, card)}>
        {card.artifactId === null ? <CircleAlert /> : <PanelRight />}
        {card.artifactId === null ? "Why it is missing" : "Open"}
      </MenuItem>
      <MenuItem onSelect={() => toggleCard(board, card)}>
        <SquareCheck />
        {isSelected ? "Select no more" : "Select"}
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => board.dialog.set({ kind: "move", way: "move", cards })}>
        <FolderInput />
        Move{what} to…
      </MenuItem>
      <MenuItem onSelect={() => board.dialog.set({ kind: "move", way: "add", cards })}>
        <FolderPlus />
        Also add{what} to…
      </MenuItem>
      {isOne && card.column !== UNGROUPED && (
        <>
          <MenuItem disabled={at <= 0} onSelect={() => moveTo(at - 1)}>
            <ArrowUp />
            Move up
          </MenuItem>
          <MenuItem disabled={at >= list.length - 1} onSelect={() => moveTo(at + 2)}>
            <ArrowDown />
            Move down
          </MenuItem>
        </>
      )}
      {grouped.length > 0 && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={takeOut}>
            <FolderX />
            Take out{from}
          </MenuItem>
        </>
      )}
    </>
  );
}
