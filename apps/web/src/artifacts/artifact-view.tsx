import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState, type MouseEvent } from "react";
import type { Artifact } from "../api/queries.ts";
import { ArtifactCard } from "./artifact-card.tsx";
import { ArtifactRow } from "./artifact-row.tsx";
import { ListHead } from "./list-head.tsx";
import { extendTo, toggleOne, type Selection } from "./selection.ts";
import type { TagIndex } from "./tag-mark.tsx";
import { useColumns } from "./use-columns.ts";
import { useItemKeys } from "./use-item-keys.ts";

const ROW_HEIGHT = 52;
const CARD_HEIGHT = 144;
const GAP = 12;
const BAR = 76;
/** How many lines before the end the next page is asked for. */
const AHEAD = 30;

export interface ArtifactViewProps {
  readonly view: "list" | "grid";
  readonly items: readonly Artifact[];
  readonly tags: TagIndex;
  readonly selection: Selection;
  readonly onSelect: (change: (before: Selection) => Selection) => void;
  readonly onSelectAll: () => void;
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  /** Called as the end comes near. */
  readonly onNearEnd: () => void;
  /** Whether other artifacts are on their way, and these are the last ones. */
  readonly isBusy: boolean;
  readonly hasMore: boolean;
}

/** Artifacts as rows or as cards; of ten thousand only those that are on the screen are there. */
export function ArtifactView(props: ArtifactViewProps) {
  const { view, items, tags, selection, onSelect, openId, onOpen, onNearEnd } = props;
  const area = useRef<HTMLDivElement>(null);
  const widthColumns = useColumns(area);
  const columns = view === "list" ? 1 : widthColumns;
  const lines = Math.ceil(items.length / columns);
  const lineHeight = view === "list" ? ROW_HEIGHT : CARD_HEIGHT + GAP;
  const [wanted, setActive] = useState(0);
  const active = Math.max(0, Math.min(wanted, items.length - 1));
  const activeLine = Math.floor(active / columns);
  const virtualizer = useVirtualizer({
    count: lines,
    getScrollElement: () => area.current,
    estimateSize: () => lineHeight,
    overscan: 8,
    // The last ones are not hidden behind the bar of what is selected.
    paddingEnd: selection.ids.size > 0 ? BAR : GAP,
    paddingStart: view === "list" ? 0 : GAP,
    scrollPaddingStart: view === "list" ? 40 : GAP,
    // The one that has the focus must not be taken away by scrolling.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        if (shown.includes(activeLine) || activeLine >= range.count) return shown;
        return [...shown, activeLine].toSorted((a, b) => a - b);
      },
      [activeLine],
    ),
  });
  const scrollTo = useCallback(
    (index: number) => virtualizer.scrollToIndex(Math.floor(index / columns)),
    [virtualizer, columns],
  );
  useEffect(() => virtualizer.measure(), [virtualizer, lineHeight]);

  const idAt = (index: number) => items[index]?.id;
  const open = (index: number) => {
    const id = idAt(index);
    if (id !== undefined) onOpen(id);
  };
  const toggle = (index: number) => {
    const id = idAt(index);
    if (id !== undefined) onSelect((before) => toggleOne(before, id));
  };
  const extend = (index: number, from?: number) => {
    const id = idAt(index);
    const start = from === undefined ? undefined : idAt(from);
    if (id === undefined) return;
    const order = items.map((item) => item.id);
    onSelect((before) => {
      const begun =
        before.anchor === null && start !== undefined ? toggleOne(before, start) : before;
      return extendTo(begun, id, order);
    });
  };
  const { goTo, onKeyDown } = useItemKeys({
    active,
    setActive,
    count: items.length,
    columns,
    pageLines: Math.max(1, Math.floor((area.current?.clientHeight ?? 600) / lineHeight) - 1),
    area,
    scrollTo,
    onMove: (index, isExtending) => {
      if (isExtending) extend(index, active);
      else if (openId !== undefined) open(index);
    },
    onOpen: open,
    onToggle: toggle,
    onSelectAll: props.onSelectAll,
  });

  // Where the panel goes to the next one, the list goes along.
  const openIndex = openId === undefined ? -1 : items.findIndex(({ id }) => id === openId);
  useEffect(() => {
    if (openIndex !== -1) goTo(openIndex);
  }, [openIndex, goTo]);

  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lines > 0 && last >= lines - AHEAD) onNearEnd();
  }, [last, lines, onNearEnd]);

  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const item = event.target.closest<HTMLElement>("[data-index]");
    const index = Number(item?.dataset["index"] ?? -1);
    if (item === null || idAt(index) === undefined) return;
    const isBox = event.target.closest("[data-check]") !== null;
    // The keys go on from here, and not from the box.
    goTo(index, { focus: isBox });
    if (event.shiftKey) {
      extend(index, active);
      // A range of text is not what was meant.
      getSelection()?.removeAllRanges();
    } else if (event.metaKey || event.ctrlKey || isBox) {
      toggle(index);
    } else open(index);
  };

  const itemOf = (index: number) => {
    const artifact = items[index];
    if (artifact === undefined) return null;
    const Item = view === "list" ? ArtifactRow : ArtifactCard;
    return (
      <Item
        key={artifact.id}
        artifact={artifact}
        index={index}
        tags={tags}
        isActive={index === active}
        isSelected={selection.ids.has(artifact.id)}
        isOpen={artifact.id === openId}
      />
    );
  };

  return (
    <div ref={area} className="@container h-full overflow-y-auto" tabIndex={-1}>
      <div
        role="grid"
        aria-label="Artifacts"
        aria-multiselectable
        aria-busy={props.isBusy}
        aria-rowcount={props.hasMore ? -1 : lines + (view === "list" ? 1 : 0)}
        aria-colcount={view === "list" ? 5 : columns}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {view === "list" && (
          <ListHead
            isAll={items.length > 0 && items.every(({ id }) => selection.ids.has(id))}
            isSome={selection.ids.size > 0}
            onAll={props.onSelectAll}
            onNone={() => onSelect((before) => ({ ...before, ids: new Set(), besides: new Set() }))}
          />
        )}
        <div
          role="rowgroup"
          className="relative transition-opacity delay-100"
          style={{ height: virtualizer.getTotalSize(), opacity: props.isBusy ? 0.6 : 1 }}
        >
          {shown.map(({ key, index: line, start }) => (
            <div
              key={key}
              role={view === "list" ? "presentation" : "row"}
              aria-rowindex={view === "list" ? undefined : line + 1}
              className="absolute inset-x-0 top-0"
              style={{
                height: view === "list" ? ROW_HEIGHT : CARD_HEIGHT,
                transform: `translateY(${start}px)`,
                ...(view === "list"
                  ? {}
                  : {
                      display: "grid",
                      gap: GAP,
                      paddingInline: GAP,
                      gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
                    }),
              }}
            >
              {Array.from({ length: columns }, (_, column) => itemOf(line * columns + column))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
