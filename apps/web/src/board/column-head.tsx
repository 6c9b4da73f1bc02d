import { draggable } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { Ellipsis } from "lucide-react";
import { memo, useEffect, useRef } from "react";
import type { Group } from "../api/queries.ts";
import { useStore } from "../api/store.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { useBoard } from "./board-state.ts";
import { useCardKnowledge } from "./card-context.ts";
import { GroupIcon } from "./group-icon.tsx";
import { RenameGroup } from "./rename-group.tsx";
import { useHeadFocus } from "./use-head-focus.ts";

/** The head of a group's column, by which it is dragged. */
export const ColumnHead = memo(function ColumnHead({
  group,
  shown,
}: {
  readonly group: Group;
  /** How many of its members are shown. */
  readonly shown: number;
}) {
  const board = useBoard();
  const { filter } = useCardKnowledge();
  const element = useRef<HTMLDivElement>(null);
  const { id, icon, color, description } = group;
  const name = visibleText(group.name);
  const isActive = useHeadFocus(board, id, element);
  const isRenaming = useStore(board.renaming, (now) => now === id);
  const isLifted = useStore(board.lift, (now) => now?.kind === "column" && now.column === id);

  useEffect(() => {
    if (element.current === null) return;
    return draggable({
      element: element.current,
      canDrag: () => board.renaming.get() !== id,
      getInitialData: () => ({ column: id }),
      onDragStart() {
        board.lift.set(null);
        board.drag.set({ kind: "column", column: id });
      },
    });
  }, [board, id]);

  const count = group.members.length;
  return (
    <div
      ref={element}
      data-head
      tabIndex={isActive ? 0 : -1}
      role="group"
      aria-roledescription="column head"
      aria-label={`${name}, ${count} artifact${count === 1 ? "" : "s"}${isLifted ? ", lifted" : ""}`}
      aria-describedby="board-head-keys"
      className="flex shrink-0 cursor-grab items-start gap-2 rounded-t-xl px-2.5 pt-2 pb-2 -outline-offset-2 select-none active:cursor-grabbing"
    >
      <GroupIcon icon={icon} color={color} />
      <div className="min-w-0 flex-1">
        {isRenaming ? (
          <RenameGroup group={group} />
        ) : (
          <h2
            id={`head-${id}`}
            title={name}
            className="truncate leading-6 font-semibold"
            onDoubleClick={() => board.renaming.set(id)}
          >
            <bdi>{name}</bdi>
          </h2>
        )}
        {description !== "" && (
          <p
            dir="auto"
            title={description.slice(0, 500)}
            className="truncate text-xs text-ink-faint"
          >
            {visibleText(description.slice(0, 200))}
          </p>
        )}
      </div>
      <span className="text-xs leading-6 text-ink-faint tabular-nums">
        {filter === null ? count : `${shown} of ${count}`}
      </span>
      <Button
        data-menu
        size="small-icon"
        tabIndex={isActive ? 0 : -1}
        aria-label={`Menu of the group ${name}`}
        aria-haspopup="menu"
        className="-mr-1 size-6"
      >
        <Ellipsis />
      </Button>
    </div>
  );
});
