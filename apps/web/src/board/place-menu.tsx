import { useEffect } from "react";
import type { Artifact } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { MenuAt } from "../ui/menu.tsx";
import { cardAt, useBoard, type BoardState, type OpenMenu } from "./board-state.ts";
import { CardMenu } from "./card-menu.tsx";
import { namesOf } from "./cards.ts";
import { ColumnMenu } from "./column-menu.tsx";

/** The menu of a card or a column. */
export function PlaceMenu({
  menu,
  index,
}: {
  readonly menu: OpenMenu;
  readonly index: ReadonlyMap<string, Artifact>;
}) {
  const board = useBoard();
  const card = cardAt(board, menu);
  const group = board.model.current.group(menu.column);
  const isGone = card === null && (menu.key !== null || group === undefined);
  useEffect(() => {
    if (isGone) board.menu.set(null);
  }, [board, isGone]);
  if (isGone) return null;
  const name = card === null ? (group?.name ?? "") : namesOf(card).name;
  return (
    <MenuAt
      anchor={menu.anchor}
      label={visibleText(name)}
      onClose={() => board.menu.set(null)}
      finalFocus={() => focusAfter(board, menu)}
    >
      {card !== null ? (
        <CardMenu card={card} index={index} />
      ) : (
        group !== undefined && <ColumnMenu group={group} index={index} />
      )}
    </MenuAt>
  );
}

/** The card or the head, unless the focus is to go elsewhere by what was chosen. */
function focusAfter(board: BoardState, { anchor }: OpenMenu): HTMLElement | false {
  const isElsewhere =
    board.renaming.get() !== null || board.dialog.get() !== null || board.wanted.current !== null;
  const active = board.active.get();
  const own = anchor.closest<HTMLElement>("[data-key], [data-head]");
  const column = anchor.closest<HTMLElement>("[data-column]")?.dataset["column"];
  const isActive = active?.column === column && (active?.key ?? undefined) === own?.dataset["key"];
  if (isElsewhere || own === null || !own.isConnected || !isActive) return false;
  return own;
}
