import { KanbanSquare, Plus } from "lucide-react";
import { useMemo } from "react";
import type { Artifact, Group } from "../api/queries.ts";
import { useStore } from "../api/store.ts";
import type { BoardSearch } from "../app/filters.ts";
import { TYPES, TypeIcon } from "../artifacts/artifact-type.tsx";
import { FilterChip } from "../artifacts/filter-chip.tsx";
import type { PickerItem } from "../artifacts/match-items.ts";
import { Picker } from "../artifacts/picker.tsx";
import { SearchField } from "../artifacts/search-field.tsx";
import { TagDot, type TagIndex } from "../artifacts/tag-mark.tsx";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { focusPlace, useBoard } from "./board-state.ts";
import { NARROW } from "./board-columns.tsx";
import { UNGROUPED } from "./cards.ts";
import { GroupIcon } from "./group-icon.tsx";
import type { PatchBoard } from "./use-board-search.ts";

/** As many groups as are in sight together need no way to go to one of them. */
const FEW = 4;

/** What narrows the board, goes to a group of it, and adds one. */
export function BoardToolbar({
  search,
  patch,
  groups,
  hidden,
  index,
  tags,
  width,
}: {
  readonly search: BoardSearch;
  readonly patch: PatchBoard;
  readonly groups: readonly Group[];
  /** How many groups the filters hide. */
  readonly hidden: number;
  readonly index: ReadonlyMap<string, Artifact>;
  readonly tags: TagIndex;
  readonly width: number;
}) {
  const board = useBoard();
  const { q, type, tag } = search;
  const types = useTypeItems(index, type);
  const tagItems = useTagItems(tags, tag);
  const shownTag = tag === undefined ? undefined : tags.get(tag);
  const isFiltered = q !== undefined || type !== undefined || tag !== undefined;
  const once = (id: string, now: string | undefined) => (id === now ? undefined : id);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-3 py-2.5">
      <div className="flex basis-full @2xl:contents">
        <SearchField
          value={q ?? ""}
          onSearch={(text) => patch({ q: text === "" ? undefined : text }, { replace: true })}
        />
      </div>
      <FilterChip
        name="Type"
        value={type === undefined ? undefined : visibleText(type)}
        items={types}
        empty="No such type"
        onPick={({ id }) => patch({ type: once(id, type) })}
        onClear={() => patch({ type: undefined })}
      />
      <FilterChip
        name="Tag"
        value={tag === undefined ? undefined : visibleText(shownTag?.name ?? tag)}
        start={<TagDot color={shownTag?.color ?? ""} />}
        items={tagItems}
        empty={tags.size === 0 ? "There are no tags yet" : "No such tag"}
        onPick={({ id }) => patch({ tag: once(id, tag) })}
        onClear={() => patch({ tag: undefined })}
      />
      {isFiltered && (
        <Button
          className="px-2"
          onClick={() => patch({ q: undefined, type: undefined, tag: undefined })}
        >
          Clear filters
        </Button>
      )}
      {hidden > 0 && (
        <span className="text-[0.8125rem] text-ink-faint">
          {hidden.toLocaleString("en")} group{hidden === 1 ? "" : "s"} hidden
        </span>
      )}
      <span className="hidden min-w-0 flex-1 @2xl:block" />
      {(width < NARROW || groups.length > FEW) && (
        <GoToGroup groups={groups} isNarrow={width < NARROW} />
      )}
      <Button
        look="outline"
        aria-label="New group"
        className="px-2 @2xl:px-3"
        onClick={() => board.creating.set(true)}
      >
        <Plus />
        <span className="hidden @2xl:inline">New group</span>
      </Button>
    </div>
  );
}

function GoToGroup({
  groups,
  isNarrow,
}: {
  readonly groups: readonly Group[];
  readonly isNarrow: boolean;
}) {
  const board = useBoard();
  const inSight = useStore(board.inSight);
  const items = useMemo<PickerItem[]>(
    () => [
      ...groups.map(({ id, name, icon, color, members }) => ({
        id,
        label: visibleText(name),
        note: String(members.length),
        start: <GroupIcon icon={icon} color={color} />,
      })),
      { id: UNGROUPED, label: "Ungrouped" },
    ],
    [groups],
  );
  const now = isNarrow ? items.find(({ id }) => id === inSight)?.label : undefined;
  return (
    <Picker
      label={now === undefined ? "Go to a group" : `Go to a group; now at ${now}`}
      placeholder="Find a group"
      items={items}
      empty="No such group"
      closes
      onPick={({ id }) => requestAnimationFrame(() => focusPlace(board, { column: id, key: null }))}
      trigger={
        <Button
          look="outline"
          className="max-w-44 min-w-0 flex-1 justify-start px-2.5 font-normal @2xl:flex-none"
        >
          <KanbanSquare className="text-ink-faint" />
          <bdi className="truncate">{now ?? "Go to group"}</bdi>
        </Button>
      }
    />
  );
}

function useTypeItems(
  index: ReadonlyMap<string, Artifact>,
  now: string | undefined,
): readonly PickerItem[] {
  return useMemo(() => {
    const own = new Set([...index.values()].map(({ type }) => type));
    const all = new Set([...TYPES, ...own, ...(now === undefined ? [] : [now])]);
    return [...all].map((id) => ({
      id,
      label: visibleText(id),
      mark: id === now ? ("all" as const) : undefined,
      start: <TypeIcon type={id} className="size-4 text-ink-faint" />,
    }));
  }, [index, now]);
}

function useTagItems(tags: TagIndex, now: string | undefined): readonly PickerItem[] {
  return useMemo(
    () =>
      [...tags.values()].map(({ slug, name, color, artifactCount }) => ({
        id: slug,
        label: visibleText(name),
        mark: slug === now ? ("all" as const) : undefined,
        note: String(artifactCount),
        start: <TagDot color={color} />,
      })),
    [tags, now],
  );
}
