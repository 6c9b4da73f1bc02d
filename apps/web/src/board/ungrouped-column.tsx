import { memo, useMemo, useRef } from "react";
import { Inbox } from "lucide-react";
import { useStore } from "../api/store.ts";
import { classes } from "../ui/classes.ts";
import { useBoard } from "./board-state.ts";
import { CardList } from "./card-list.tsx";
import { UNGROUPED } from "./cards.ts";
import { withLifted } from "./move-cards.ts";
import { useHeadFocus } from "./use-head-focus.ts";
import { useLifted } from "./use-lifted.ts";
import type { Ungrouped } from "./use-ungrouped.ts";

/** The artifacts that are in no group, by name. What is dropped here is taken out of its group. */
export const UngroupedColumn = memo(function UngroupedColumn({
  ungrouped,
}: {
  readonly ungrouped: Ungrouped;
}) {
  const board = useBoard();
  const lift = useLifted(board, UNGROUPED);
  const isTarget = useStore(
    board.target,
    (target) => target?.kind === "cards" && target.column === UNGROUPED,
  );
  const head = useRef<HTMLDivElement>(null);
  const isActive = useHeadFocus(board, UNGROUPED, head);
  const cards = useMemo(
    () => withLifted(ungrouped.cards, UNGROUPED, lift),
    [ungrouped.cards, lift],
  );
  return (
    <section
      data-column={UNGROUPED}
      aria-labelledby="head-ungrouped"
      className="relative flex h-full flex-col"
    >
      <div
        className={classes(
          "flex max-h-full min-h-0 flex-col rounded-xl border border-dashed border-line-strong",
          isTarget && "border-solid border-accent bg-accent-soft",
        )}
      >
        <div
          ref={head}
          data-head
          tabIndex={isActive ? 0 : -1}
          className="flex h-11 shrink-0 items-center gap-2 rounded-t-xl px-3 -outline-offset-2"
        >
          <Inbox aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <h2 id="head-ungrouped" className="min-w-0 flex-1 truncate font-semibold">
            Ungrouped
          </h2>
          <span className="text-xs text-ink-faint tabular-nums">
            {ungrouped.isLoaded && `${ungrouped.cards.length}${ungrouped.hasMore ? "+" : ""}`}
          </span>
        </div>
        <CardList
          column={UNGROUPED}
          name="Ungrouped"
          cards={cards}
          onNearEnd={ungrouped.loadMore}
          empty={
            ungrouped.isLoaded
              ? "Every artifact is in a group. Drop a card here to take it out of its group."
              : ""
          }
        />
      </div>
    </section>
  );
});
