import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { BoardSearch } from "../app/filters.ts";

const route = getRouteApi("/c/$collection/board");

/** Changes what stands in the URL; with `replace` without a step that Back would go. */
export type PatchBoard = (
  change: Partial<BoardSearch>,
  options?: { readonly replace?: boolean },
) => void;

/** What stands in the URL of the board, and what changes it. */
export function useBoardSearch(): { readonly search: BoardSearch; readonly patch: PatchBoard } {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const patch = useCallback<PatchBoard>(
    (change, { replace = false } = {}) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace }),
    [navigate],
  );
  return { search, patch };
}
