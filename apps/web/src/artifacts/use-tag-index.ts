import { useMemo } from "react";
import { useTags } from "../api/queries.ts";
import type { TagIndex } from "./tag-mark.tsx";

/** The tags of a collection by slug; none until they are there. */
export function useTagIndex(collection: string): TagIndex {
  const { data } = useTags(collection);
  return useMemo(() => new Map((data?.items ?? []).map((tag) => [tag.slug, tag])), [data]);
}
