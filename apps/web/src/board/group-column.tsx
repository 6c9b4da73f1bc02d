import { attachClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/attach-closest-edge";
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { memo, useEffect, useMemo, useRef } from "react";
import { useStore } from "../api/store.ts";
import { classes } from "../ui/classes.ts";
import { useBoard } from "./board-state.ts";
import { useCardKnowledge } from "./card-context.ts";
import { CardList } from "./card-list.tsx";
import { cardsOf } from "./cards.ts";
import { ColumnHead } from "./column-head.tsx";
import { withLifted } from "./move-cards.ts";
import { useLifted } from "./use-lifted.ts";

/** A group, with its members as cards. */
export const GroupColumn = memo(function GroupColumn({ column }: { readonly column: string }) {
  const board = useBoard();
  const { groups, filter } = useCardKnowledge();
  const group = groups.get(column);
  const element = useRef<HTMLDivElement>(null);
  const lift = useLifted(board, column);
  const edge = useStore(board.target, (target) =>
    target?.kind === "column" && target.column === column ? target.edge : null,
  );
  const isDragged = useStore(
    board.drag,
    (drag) => drag?.kind === "column" && drag.column === column,
  );
  const isLifted = useStore(board.lift, (now) => now?.kind === "column" && now.column === column);
  const members = group?.members;
  const cards = useMemo(() => {
    const all = members === undefined ? [] : cardsOf({ members });
    return withLifted(filter === null ? all : all.filter(filter), column, lift);
  }, [members, filter, column, lift]);

  const isThere = group !== undefined;
  useEffect(() => {
    if (element.current === null || !isThere) return;
    return dropTargetForElements({
      element: element.current,
      canDrop: () => {
        const drag = board.drag.get();
        return drag?.kind === "column" && drag.column !== column;
      },
      getData: ({ input, element: over }) =>
        attachClosestEdge({ column }, { input, element: over, allowedEdges: ["left", "right"] }),
    });
  }, [board, column, isThere]);

  if (group === undefined) return null;
  return (
    <div ref={element} className="relative h-full">
      <section
        data-column={column}
        aria-labelledby={`head-${column}`}
        className="flex h-full flex-col"
      >
        <div
          className={classes(
            "flex max-h-full min-h-0 flex-col rounded-xl border border-line bg-sunken",
            isDragged && "opacity-40",
            isLifted && "border-accent ring-2 ring-accent",
          )}
        >
          <ColumnHead group={group} shown={cards.length} />
          <CardList column={column} name={group.name} cards={cards} />
        </div>
      </section>
      {edge !== null && (
        <span
          aria-hidden
          className={classes(
            "absolute inset-y-0 w-1 rounded-full bg-accent",
            edge === "left" ? "-left-2" : "-right-2",
          )}
        />
      )}
    </div>
  );
});
