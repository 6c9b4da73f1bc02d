import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { ArtifactFilter } from "../api/queries.ts";
import type { ArtifactsSearch } from "../app/filters.ts";

const route = getRouteApi("/c/$collection/artifacts");

/** Changes what stands in the URL; with `replace` without a step that Back would go. */
export type PatchSearch = (
  change: Partial<ArtifactsSearch>,
  options?: { readonly replace?: boolean },
) => void;

/** What stands in the URL of the artifacts' page, and what changes it. */
export function useArtifactsSearch(): {
  readonly collection: string;
  readonly search: ArtifactsSearch;
  readonly patch: PatchSearch;
} {
  const { collection } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const patch = useCallback<PatchSearch>(
    (change, { replace = false } = {}) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace }),
    [navigate],
  );
  return { collection, search, patch };
}

/** What takes off every filter. */
export const NO_FILTERS = {
  q: undefined,
  type: undefined,
  tag: undefined,
  group: undefined,
  ungrouped: undefined,
} satisfies Partial<ArtifactsSearch>;

/** Whether anything narrows the list. */
export function isFiltered(search: ArtifactsSearch): boolean {
  return [search.q, search.type, search.tag, search.group, search.ungrouped].some(
    (value) => value !== undefined,
  );
}

/** What the server is asked for; the same object while the URL says the same. */
export function useArtifactFilter(search: ArtifactsSearch): ArtifactFilter {
  const { q, type, tag, group, ungrouped, sort } = search;
  return useMemo(
    () => ({ search: q, type, tag, group, ungrouped, sort }),
    [q, type, tag, group, ungrouped, sort],
  );
}
