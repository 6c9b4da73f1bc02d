import type { RouterInputs, RouterOutputs } from "@skillmeat/client";
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  type UseInfiniteQueryResult,
} from "@tanstack/react-query";
import { trpc } from "./client.ts";

export type Artifact = RouterOutputs["artifacts"]["list"]["items"][number];
export type Group = RouterOutputs["groups"]["list"]["items"][number];
export type Member = Group["members"][number];
export type Tag = RouterOutputs["tags"]["list"]["items"][number];
export type Collection = RouterOutputs["collections"]["list"]["items"][number];

/** All collections, by name. */
export function useCollections() {
  return useQuery(trpc.collections.list.queryOptions());
}

/** All groups of a collection with their members, in order. */
export function useGroups(collection: string) {
  return useQuery(trpc.groups.list.queryOptions({ collection }));
}

/** All tags of a collection. */
export function useTags(collection: string) {
  return useQuery(trpc.tags.list.queryOptions({ collection }));
}

/** Which artifacts are listed. */
export type ArtifactFilter = Omit<
  RouterInputs["artifacts"]["list"],
  "collection" | "cursor" | "limit"
>;

/** How many artifacts are asked for at once. */
const PAGE = 200;

/** The artifacts of a collection that a filter leaves, a page at a time; the last ones stay while others are asked for. */
export function useArtifacts(collection: string, filter: ArtifactFilter) {
  return useInfiniteQuery(
    trpc.artifacts.list.infiniteQueryOptions(
      { collection, ...filter, limit: PAGE },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
}

/** What pages hold together. */
export function itemsOf<Item>(
  query: Pick<UseInfiniteQueryResult<{ pages: { items: Item[] }[] }>, "data">,
): Item[] {
  return query.data?.pages.flatMap(({ items }) => items) ?? [];
}
