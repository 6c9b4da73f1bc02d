import { useMemo, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../api/client.ts";
import type { Artifact } from "../api/queries.ts";
import type { ArtifactsSearch } from "../app/filters.ts";
import { Button } from "../ui/button.tsx";
import { TYPES, TypeIcon } from "./artifact-type.tsx";
import { FilterChip } from "./filter-chip.tsx";
import type { PickerItem } from "./match-items.ts";
import { TagDot, type TagIndex } from "./tag-mark.tsx";
import { isFiltered, NO_FILTERS, type PatchSearch } from "./use-artifacts-search.ts";
import { visibleText } from "./visible-text.ts";

const UNGROUPED = "\0ungrouped";

/** What narrows the list besides the search: type, tag, and group. */
export function FilterBar({
  collection,
  search,
  patch,
  tags,
  items,
}: {
  readonly collection: string;
  readonly search: ArtifactsSearch;
  readonly patch: PatchSearch;
  readonly tags: TagIndex;
  /** What is listed, which may have types of its own. */
  readonly items: readonly Artifact[];
}) {
  const { type, tag, group, ungrouped } = search;
  const types = useMemo<PickerItem[]>(() => {
    const all = new Set<string>([
      ...TYPES,
      ...items.map((item) => item.type),
      ...(type ? [type] : []),
    ]);
    return [...all].map((id) => ({
      id,
      label: visibleText(id),
      mark: id === type ? "all" : undefined,
      start: <TypeIcon type={id} className="size-4 text-ink-faint" />,
    }));
  }, [items, type]);
  const tagItems = useMemo<PickerItem[]>(
    () =>
      [...tags.values()].map(({ slug, name, color, artifactCount }) => ({
        id: slug,
        label: visibleText(name),
        mark: slug === tag ? "all" : undefined,
        note: String(artifactCount),
        start: <TagDot color={color} />,
      })),
    [tags, tag],
  );
  const groups = useGroupItems(collection, ungrouped === true ? UNGROUPED : group);
  const shownTag = tag === undefined ? undefined : tags.get(tag);
  const once = (id: string, now: string | undefined) => (id === now ? undefined : id);
  return (
    <>
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
      <FilterChip
        name="Group"
        value={
          ungrouped === true ? "ungrouped" : group === undefined ? undefined : visibleText(group)
        }
        items={groups.items}
        empty="No such group"
        onOpen={groups.load}
        onPick={({ id }) =>
          patch(
            id === UNGROUPED
              ? { group: undefined, ungrouped: ungrouped === true ? undefined : true }
              : { group: once(id, group), ungrouped: undefined },
          )
        }
        onClear={() => patch({ group: undefined, ungrouped: undefined })}
      />
      {isFiltered(search) && (
        <Button className="shrink-0 px-2" onClick={() => patch(NO_FILTERS)}>
          Clear filters
        </Button>
      )}
    </>
  );
}

/** The groups to narrow to; a list of all of them is large, and read once it is asked for. */
function useGroupItems(collection: string, now: string | undefined) {
  const [isWanted, setWanted] = useState(false);
  const { data } = useQuery({
    ...trpc.groups.list.queryOptions({ collection }),
    enabled: isWanted,
  });
  const items = useMemo<PickerItem[]>(
    () => [
      {
        id: UNGROUPED,
        label: "Ungrouped",
        mark: now === UNGROUPED ? "all" : undefined,
        note: "in no group",
      },
      ...(data?.items ?? []).map(({ name, members }) => ({
        id: name,
        label: visibleText(name),
        mark: name === now ? ("all" as const) : undefined,
        note: String(members.length),
      })),
    ],
    [data, now],
  );
  return { items, load: () => setWanted(true) };
}
