import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useLayoutEffect, useRef, type ReactNode } from "react";
import { useStore } from "../api/store.ts";
import { useBoard } from "./board-state.ts";
import { BoardCard } from "./board-card.tsx";
import { useCardKnowledge } from "./card-context.ts";
import { heightOf } from "./card-height.ts";
import { cardId, type Card, UNGROUPED } from "./cards.ts";
import { observeSize, scrollWhereNeeded } from "./observe-size.ts";

const GAP = 6;
/** How many cards before the end the next ones are asked for. */
const AHEAD = 40;
const NOBODY: ReadonlySet<string> = new Set();

/** The cards of a column, of which those alone are there that are on the screen; cards can be dropped between them. */
export const CardList = memo(function CardList({
  column,
  name,
  cards,
  empty = "No artifacts yet. Drop some here, or move them by their menus.",
  onNearEnd,
}: {
  readonly column: string;
  readonly name: string;
  readonly cards: readonly Card[];
  readonly empty?: ReactNode;
  readonly onNearEnd?: () => void;
}) {
  const board = useBoard();
  const { index, tags, filter, openId } = useCardKnowledge();
  const area = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const active = useStore(board.active, (place) => (place?.column === column ? place : null));
  const activeKey = active?.key ?? null;
  const activeIndex = activeKey === null ? -1 : cards.findIndex(({ key }) => key === activeKey);
  // Of each column one card is reached by Tab.
  const tabIndex = activeIndex === -1 ? 0 : activeIndex;
  const selected = useStore(board.selection, ({ ids }) => ids);
  const dragged = useStore(board.drag, (drag) =>
    drag?.kind === "cards" ? (drag.keys.get(column) ?? NOBODY) : NOBODY,
  );
  const lifted = useStore(board.lift, (lift) =>
    lift?.kind === "cards" && lift.to === column ? lift.cards : null,
  );
  const dropIndex = useStore(board.target, (target) =>
    target?.kind === "cards" && target.column === column ? target.index : null,
  );

  const virtualizer = useVirtualizer({
    count: cards.length,
    getScrollElement: () => area.current,
    estimateSize: (place) => heightOf(cards[place], index),
    // It is another one where heights are others, so that they are asked for anew.
    getItemKey: useCallback((place: number) => cards[place]?.key ?? place, [cards, index]),
    gap: GAP,
    // The ring around the first card has to be seen.
    paddingStart: 3,
    paddingEnd: 8,
    overscan: 3,
    // A guess, so that cards are there with the column.
    initialRect: { width: 0, height: 600 },
    observeElementRect: observeSize,
    scrollToFn: scrollWhereNeeded,
    // What has the focus must not be taken away by scrolling.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        return shown.includes(tabIndex) || tabIndex >= range.count
          ? shown
          : [...shown, tabIndex].toSorted((a, b) => a - b);
      },
      [tabIndex],
    ),
  });

  useLayoutEffect(() => {
    const wanted = board.wanted.current;
    if (wanted?.column !== column || wanted.key === null) return;
    if (activeIndex === -1) return;
    virtualizer.scrollToIndex(activeIndex);
    const element = list.current?.querySelector<HTMLElement>(
      `[data-key="${CSS.escape(wanted.key)}"]`,
    );
    if (element === null || element === undefined) return;
    board.wanted.current = null;
    element.focus({ preventScroll: true });
  }, [board, column, active, activeIndex, virtualizer]);

  useEffect(() => {
    const element = area.current?.closest("section");
    if (element === null || element === undefined || area.current === null) return;
    const stopDrop = dropTargetForElements({
      element,
      canDrop: () => canDrop(board.drag.get(), column),
      getData: ({ input }) => {
        const top = list.current?.getBoundingClientRect().top ?? 0;
        return { cards: column, index: indexAt(virtualizer, input.clientY - top) };
      },
    });
    const stopScroll = autoScrollForElements({ element: area.current });
    return () => {
      stopDrop();
      stopScroll();
    };
  }, [board, column, virtualizer]);

  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  const count = cards.length;
  useEffect(() => {
    if (last >= count - AHEAD) onNearEnd?.();
  }, [last, count, onNearEnd]);

  return (
    <div
      ref={area}
      tabIndex={-1}
      className="min-h-0 overflow-y-auto overscroll-y-contain px-2 outline-none"
    >
      {count === 0 && (
        <p className="mb-2 rounded-lg border border-dashed border-line-strong px-3 py-4 text-center text-[0.8125rem] text-ink-faint empty:hidden">
          {filter === null ? empty : "Nothing here answers to the filters"}
        </p>
      )}
      <ul
        ref={list}
        aria-labelledby={`head-${column}`}
        className="relative"
        style={{ height: count === 0 ? 0 : virtualizer.getTotalSize() }}
      >
        {shown.map(({ key, index: place, start, size }) => {
          const card = cards[place];
          if (card === undefined) return null;
          return (
            <BoardCard
              key={key}
              card={card}
              artifact={card.artifactId === null ? undefined : index.get(card.artifactId)}
              tags={tags}
              column={column}
              columnName={name}
              place={place}
              count={count}
              top={start}
              height={size}
              isTabbed={place === tabIndex}
              isActive={card.key === activeKey}
              isOpen={openId !== undefined && card.artifactId === openId}
              isSelected={selected.has(cardId(column, card.key))}
              isDragged={dragged.has(card.key)}
              isLifted={lifted !== null && lifted.some((each) => each.key === card.key)}
            />
          );
        })}
        {dropIndex !== null && column !== UNGROUPED && count > 0 && (
          <li
            aria-hidden
            className="pointer-events-none absolute inset-x-0 z-10 h-0.5 rounded-full bg-accent"
            style={{ top: lineAt(virtualizer, dropIndex) }}
          />
        )}
      </ul>
    </div>
  );
});

type List = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

/** Before which card something is, by its distance from the first one's top. */
function indexAt(list: List, offset: number): number {
  if (list.options.count === 0) return 0;
  const item = list.getVirtualItemForOffset(Math.max(0, offset));
  if (item === undefined) return 0;
  return offset > item.start + item.size / 2 ? item.index + 1 : item.index;
}

/** Where the line is that shows a place between cards. */
function lineAt(list: List, index: number): number {
  const next = list.measurementsCache[index];
  if (next !== undefined) return next.start - GAP / 2 - 1;
  return (list.measurementsCache[index - 1]?.end ?? 0) + 1;
}

function canDrop(drag: ReturnType<ReturnType<typeof useBoard>["drag"]["get"]>, column: string) {
  if (drag?.kind !== "cards") return false;
  return column !== UNGROUPED || drag.cards.some((card) => card.column !== UNGROUPED);
}
