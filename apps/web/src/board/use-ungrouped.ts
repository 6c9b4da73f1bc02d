import { useCallback, useMemo } from "react";
import { itemsOf, useArtifacts, type Artifact } from "../api/queries.ts";
import type { BoardSearch } from "../app/filters.ts";
import { cardOfArtifact, type Card } from "./cards.ts";

export interface Ungrouped {
  readonly cards: readonly Card[];
  readonly artifacts: readonly Artifact[];
  /** Whether the first ones are there. */
  readonly isLoaded: boolean;
  readonly hasMore: boolean;
  /** Asks for the next ones, unless they are on their way. */
  readonly loadMore: () => void;
}

/** The artifacts that are in no group, a page at a time. */
export function useUngrouped(
  collection: string,
  { q, type, tag }: Pick<BoardSearch, "q" | "type" | "tag">,
): Ungrouped {
  const query = useArtifacts(collection, { ungrouped: true, search: q, type, tag });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const artifacts = useMemo(() => itemsOf({ data }), [data]);
  const cards = useMemo(() => artifacts.map(cardOfArtifact), [artifacts]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { cards, artifacts, isLoaded: data !== undefined, hasMore: hasNextPage, loadMore };
}
