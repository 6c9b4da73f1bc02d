import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { itemsOf, useArtifacts } from "../api/queries.ts";
import type { ArtifactsSearch } from "../app/filters.ts";
import { classes } from "../ui/classes.ts";
import { ArtifactToolbar } from "./artifact-toolbar.tsx";
import { ArtifactView } from "./artifact-view.tsx";
import { NoArtifacts, NoList, NoMatch } from "./empty-lists.tsx";
import { ListSkeleton } from "./list-skeleton.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import {
  isFiltered,
  NO_FILTERS,
  useArtifactFilter,
  type PatchSearch,
} from "./use-artifacts-search.ts";
import { useSelection } from "./use-selection.ts";
import { useTagIndex } from "./use-tag-index.ts";

const ArtifactPanel = lazy(async () => ({
  default: (await import("./artifact-panel.tsx")).ArtifactPanel,
}));
const AddDialog = lazy(async () => ({ default: (await import("./add-dialog.tsx")).AddDialog }));

/** The page of one collection's artifacts. */
export function ArtifactsScreen({
  collection,
  search,
  patch,
}: {
  readonly collection: string;
  readonly search: ArtifactsSearch;
  readonly patch: PatchSearch;
}) {
  const [isAdding, setAdding] = useState(false);
  const filter = useArtifactFilter(search);
  const query = useArtifacts(collection, filter);
  const { data, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const items = useMemo(() => itemsOf({ data }), [data]);
  const tags = useTagIndex(collection);
  const openId = search.artifact;
  const selected = useSelection(collection, filter, items, hasNextPage, openId !== undefined);

  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const onOpen = useCallback(
    // What is open next replaces what was, so that Back closes it.
    (id: string) => patch({ artifact: id }, { replace: openId !== undefined }),
    [patch, openId],
  );
  const onClose = useCallback(() => patch({ artifact: undefined }), [patch]);
  const clear = () => patch(NO_FILTERS);
  const openIndex = items.findIndex(({ id }) => id === openId);
  const step = (by: 1 | -1) => {
    const next = items[openIndex + by];
    return next === undefined ? undefined : () => onOpen(next.id);
  };

  return (
    <div
      className={classes("relative flex h-full flex-col", openId !== undefined && "lg:pr-[30rem]")}
    >
      <ArtifactToolbar
        collection={collection}
        search={search}
        patch={patch}
        tags={tags}
        items={items}
        hasMore={hasNextPage}
        onAdd={() => setAdding(true)}
      />
      <div className="relative min-h-0 flex-1">
        {query.isError && data === undefined ? (
          <NoList error={query.error} onClear={isFiltered(search) ? clear : null} />
        ) : data === undefined ? (
          <ListSkeleton />
        ) : items.length > 0 ? (
          <ArtifactView
            view={search.view ?? "list"}
            items={items}
            tags={tags}
            selection={selected.selection}
            onSelect={selected.change}
            onSelectAll={selected.selectAll}
            openId={openId}
            onOpen={onOpen}
            onNearEnd={onNearEnd}
            isBusy={isPlaceholderData}
            hasMore={hasNextPage}
          />
        ) : isFiltered(search) ? (
          <NoMatch onClear={clear} />
        ) : (
          <NoArtifacts onAdd={() => setAdding(true)} />
        )}
        {selected.count > 0 && (
          <SelectionBar
            collection={collection}
            count={selected.count}
            artifacts={selected.artifacts}
            tags={tags}
            onClear={selected.clear}
          />
        )}
      </div>
      <Suspense>
        {openId !== undefined && (
          <ArtifactPanel
            collection={collection}
            id={openId}
            onClose={onClose}
            onNext={openIndex === -1 ? undefined : step(1)}
            onPrevious={openIndex === -1 ? undefined : step(-1)}
          />
        )}
        {isAdding && <AddDialog collection={collection} onClose={() => setAdding(false)} />}
      </Suspense>
    </div>
  );
}
