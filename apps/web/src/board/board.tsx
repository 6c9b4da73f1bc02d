import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useArtifactIndex } from "../api/artifact-index.ts";
import type { Artifact, Group } from "../api/queries.ts";
import { useStore } from "../api/store.ts";
import { useTagIndex } from "../artifacts/use-tag-index.ts";
import { useWide } from "../artifacts/use-wide.ts";
import { classes } from "../ui/classes.ts";
import { BoardColumns } from "./board-columns.tsx";
import { makeFilter } from "./board-filter.ts";
import { BoardMenus } from "./board-menus.tsx";
import { BoardSelection } from "./board-selection.tsx";
import { BoardProvider, createBoardState, focusPlace } from "./board-state.ts";
import { BoardToolbar } from "./board-toolbar.tsx";
import { CardContext } from "./card-context.ts";
import { cardsOf, UNGROUPED } from "./cards.ts";
import { boardPointer } from "./board-pointer.ts";
import { useBoardKeys } from "./use-board-keys.ts";
import { useBoardSearch } from "./use-board-search.ts";
import { useDragging } from "./use-dragging.ts";
import { useUngrouped } from "./use-ungrouped.ts";
import { useWantedGroup } from "./use-wanted-group.ts";
import { useWidth } from "./use-width.ts";

const ArtifactPanel = lazy(async () => ({
  default: (await import("../artifacts/artifact-panel.tsx")).ArtifactPanel,
}));

const NO_ARTIFACTS: ReadonlyMap<string, Artifact> = new Map();

/** The board of a collection. */
export function Board({
  collection,
  groups,
  isCreating,
}: {
  readonly collection: string;
  readonly groups: readonly Group[];
  /** Whether it begins with a name being typed for a new group. */
  readonly isCreating: boolean;
}) {
  const [board] = useState(() => createBoardState(collection, isCreating));
  const { search, patch } = useBoardSearch();
  const { q, type, tag, artifact } = search;
  const all = useArtifactIndex(collection).data ?? NO_ARTIFACTS;
  const tags = useTagIndex(collection);
  const ungrouped = useUngrouped(collection, search);
  // Until all are known, those that are listed are.
  const index = useMemo(
    () =>
      all.size > 0 ? all : new Map(ungrouped.artifacts.map((each) => [each.id, each] as const)),
    [all, ungrouped.artifacts],
  );
  const filter = useMemo(
    () => makeFilter({ q, type, tag }, index, tags),
    [q, type, tag, index, tags],
  );
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  // There the panel stands beside the board.
  const isWide = useWide();

  const shown = useMemo(
    () => (filter === null ? groups : groups.filter((group) => cardsOf(group).some(filter))),
    [groups, filter],
  );
  const lift = useStore(board.lift, (now) => (now?.kind === "column" ? now : null));
  const columns = useMemo(() => {
    const ids = shown.map(({ id }) => id);
    if (lift === null) return ids;
    return ids.filter((id) => id !== lift.column).toSpliced(lift.index, 0, lift.column);
  }, [shown, lift]);

  const byId = useMemo(() => new Map(groups.map((group) => [group.id, group])), [groups]);
  board.model.current = useMemo(
    () => ({
      groups,
      columns: [...columns, UNGROUPED],
      group: (column) => byId.get(column),
      cards(column) {
        if (column === UNGROUPED) return ungrouped.cards;
        const group = byId.get(column);
        if (group === undefined) return [];
        return filter === null ? cardsOf(group) : cardsOf(group).filter(filter);
      },
    }),
    [groups, columns, byId, filter, ungrouped.cards],
  );
  board.open.current = (id) => patch({ artifact: id });

  useStart(board, columns);
  useWantedGroup(board, groups);
  useDragging(board, index);
  const onKeyDown = useBoardKeys(board, index);
  const [pointer] = useState(() => boardPointer(board));
  const known = useMemo(
    () => ({ index, tags, filter, groups: byId, openId: artifact }),
    [index, tags, filter, byId, artifact],
  );

  return (
    <BoardProvider value={board}>
      <CardContext.Provider value={known}>
        <div
          ref={root}
          className={classes(
            "@container relative flex h-full flex-col",
            artifact !== undefined && isWide && "mr-[30rem]",
          )}
          onKeyDown={onKeyDown}
          {...pointer}
        >
          <h1 className="sr-only">Board</h1>
          <p id="board-keys" className="sr-only">
            Arrows go to other cards, Space lifts, Enter opens, x selects, m opens the menu.
          </p>
          <p id="board-head-keys" className="sr-only">
            Arrows go to other groups, Space lifts, F2 renames, Enter opens the menu.
          </p>
          <BoardToolbar
            search={search}
            patch={patch}
            groups={groups}
            hidden={groups.length - shown.length}
            index={index}
            tags={tags}
            width={width}
          />
          <BoardColumns columns={columns} ungrouped={ungrouped} width={width} />
          <BoardSelection index={known.index} tags={tags} />
        </div>
        <BoardMenus index={known.index} />
        {artifact !== undefined && (
          <Suspense>
            <ArtifactPanel
              collection={collection}
              id={artifact}
              onClose={() => patch({ artifact: undefined })}
            />
          </Suspense>
        )}
      </CardContext.Provider>
    </BoardProvider>
  );
}

/** The Tab key leads to the first card, until another was gone to. */
function useStart(board: ReturnType<typeof createBoardState>, columns: readonly string[]): void {
  useEffect(() => {
    const now = board.active.get();
    const { columns: all, cards } = board.model.current;
    if (now !== null && all.includes(now.column)) return;
    const [column = UNGROUPED] = columns;
    const place = { column, key: cards(column)[0]?.key ?? null };
    // Where the column that had the focus is gone the focus is on nothing.
    if (now !== null && document.activeElement === document.body) focusPlace(board, place);
    else board.active.set(place);
  }, [board, columns]);
}
