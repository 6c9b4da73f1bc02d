import { Plus } from "lucide-react";
import { useCallback } from "react";
import { useCollections, type Artifact } from "../api/queries.ts";
import type { ArtifactsSearch } from "../app/filters.ts";
import { Button } from "../ui/button.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { SearchField } from "./search-field.tsx";
import type { TagIndex } from "./tag-mark.tsx";
import { isFiltered, type PatchSearch } from "./use-artifacts-search.ts";
import { ViewMenu } from "./view-menu.tsx";

/** What stands above the artifacts: what they are narrowed to, how they are shown, and how to add some. */
export function ArtifactToolbar({
  collection,
  search,
  patch,
  tags,
  items,
  hasMore,
  onAdd,
}: {
  readonly collection: string;
  readonly search: ArtifactsSearch;
  readonly patch: PatchSearch;
  readonly tags: TagIndex;
  readonly items: readonly Artifact[];
  readonly hasMore: boolean;
  readonly onAdd: () => void;
}) {
  const { data } = useCollections();
  const all = data?.items.find(({ name }) => name === collection)?.artifacts;
  const shown = `${items.length.toLocaleString("en")}${hasMore ? "+" : ""}`;
  const isNarrowed = isFiltered(search);
  const onSearch = useCallback(
    (text: string) => patch({ q: text === "" ? undefined : text }, { replace: true }),
    [patch],
  );
  return (
    <div className="@container shrink-0 border-b border-line bg-surface">
      <div className="flex flex-wrap items-center gap-2 px-3 py-2.5">
        <h1 className="sr-only @xl:not-sr-only @xl:mr-1 @xl:font-semibold">Artifacts</h1>
        <p
          aria-live="polite"
          className="sr-only text-ink-faint tabular-nums @xl:not-sr-only @xl:mr-2"
        >
          {isNarrowed
            ? `${shown} of ${(all ?? 0).toLocaleString("en")}`
            : (all ?? items.length).toLocaleString("en")}
          <span className="sr-only"> artifacts</span>
        </p>
        <SearchField value={search.q ?? ""} onSearch={onSearch} />
        <Button look="accent" className="px-2.5 @2xl:order-last" onClick={onAdd}>
          <Plus />
          Add
        </Button>
        <div className="-mx-3 flex min-w-0 items-center gap-2 overflow-x-auto px-3 py-1 @max-2xl:w-screen @2xl:mx-0 @2xl:flex-wrap @2xl:overflow-visible @2xl:px-0 @2xl:py-0">
          <FilterBar
            collection={collection}
            search={search}
            patch={patch}
            tags={tags}
            items={items}
          />
          <div className="@2xl:hidden">
            <ViewMenu search={search} patch={patch} />
          </div>
        </div>
        <div className="ml-auto hidden @2xl:block">
          <ViewMenu search={search} patch={patch} />
        </div>
      </div>
    </div>
  );
}
