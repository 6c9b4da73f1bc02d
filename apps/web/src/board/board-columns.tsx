import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, type ReactNode } from "react";
import { useStore } from "../api/store.ts";
import { classes } from "../ui/classes.ts";
import { UNGROUPED } from "./cards.ts";
import { useBoard } from "./board-state.ts";
import { GroupColumn } from "./group-column.tsx";
import { NewGroup } from "./new-group.tsx";
import { UngroupedColumn } from "./ungrouped-column.tsx";
import type { Ungrouped } from "./use-ungrouped.ts";

const COLUMN = 288;
const GAP = 12;
/** Below this width one column at a time is shown. */
export const NARROW = 640;
/** From this width on the artifacts in no group stay in sight. */
const WIDE = 900;
const NEW = "new";

/** The columns side by side; of a thousand only those that are on the screen are there. */
export function BoardColumns({
  columns,
  ungrouped,
  width,
}: {
  readonly columns: readonly string[];
  readonly ungrouped: Ungrouped;
  readonly width: number;
}) {
  const board = useBoard();
  const area = useRef<HTMLDivElement>(null);
  const isNarrow = width < NARROW;
  const isDocked = width >= WIDE;
  const size = isNarrow ? Math.max(240, width - 2 * GAP - 24) : COLUMN;
  const slots = useMemo(
    () => (isDocked ? [...columns, NEW] : [...columns, NEW, UNGROUPED]),
    [columns, isDocked],
  );
  const activeColumn = useStore(board.active, (place) => place?.column);
  const active = activeColumn === undefined ? -1 : slots.indexOf(activeColumn);
  const isCreating = useStore(board.creating);
  const virtualizer = useVirtualizer({
    count: slots.length,
    horizontal: true,
    getScrollElement: () => area.current,
    estimateSize: useCallback(() => size, [size]),
    getItemKey: useCallback((index: number) => slots[index] ?? index, [slots]),
    gap: GAP,
    paddingStart: GAP,
    paddingEnd: GAP,
    scrollPaddingStart: GAP,
    scrollPaddingEnd: GAP,
    overscan: 1,
    // What has the focus must not be taken away by scrolling.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        return active === -1 || shown.includes(active)
          ? shown
          : [...shown, active].toSorted((a, b) => a - b);
      },
      [active],
    ),
  });
  useEffect(() => virtualizer.measure(), [virtualizer, size]);
  useEffect(
    () =>
      board.active.follow(() => {
        const wanted = board.wanted.current;
        const place = wanted === null ? -1 : slots.indexOf(wanted.column);
        if (place !== -1) virtualizer.scrollToIndex(place, { align: isNarrow ? "start" : "auto" });
      }),
    [board, virtualizer, slots, isNarrow],
  );
  useEffect(() => {
    if (isCreating) virtualizer.scrollToIndex(slots.indexOf(NEW));
  }, [isCreating, virtualizer, slots]);
  useEffect(() => {
    if (area.current === null) return;
    return autoScrollForElements({
      element: area.current,
      getConfiguration: () => ({ maxScrollSpeed: "fast" }),
    });
  }, []);

  const place = Math.round((virtualizer.scrollOffset ?? 0) / (size + GAP));
  const inSight = slots[Math.min(place, slots.length - 1)] ?? null;
  useEffect(() => board.inSight.set(inSight), [board, inSight]);

  const contentOf = (slot: string): ReactNode => {
    if (slot === NEW) return <NewGroup />;
    return slot === UNGROUPED ? (
      <UngroupedColumn ungrouped={ungrouped} />
    ) : (
      <GroupColumn column={slot} />
    );
  };
  return (
    <div className="flex min-h-0 flex-1">
      <div
        ref={area}
        tabIndex={-1}
        className={classes(
          "min-w-0 overflow-x-auto overflow-y-hidden outline-none",
          isNarrow && "snap-x snap-mandatory scroll-px-3",
        )}
      >
        <div className="relative h-full" style={{ width: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ key, index, start, size: length }) => (
            <div
              key={key}
              className="absolute inset-y-0 left-0 snap-start pb-3 [contain:layout_style_size]"
              style={{ width: length, transform: `translateX(${start}px)` }}
            >
              {contentOf(slots[index] ?? NEW)}
            </div>
          ))}
        </div>
      </div>
      {isDocked && (
        <div className="w-75 shrink-0 border-l border-line bg-canvas px-3 pb-3">
          <UngroupedColumn ungrouped={ungrouped} />
        </div>
      )}
    </div>
  );
}
