import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { TagsSearch } from "../app/filters.ts";
import { TagsScreen } from "./tags-screen.tsx";

const route = getRouteApi("/c/$collection/tags");

/** The tags of a collection: found, made, changed and deleted. */
export function TagsPage() {
  const { collection } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const patch = useCallback(
    (change: Partial<TagsSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  return <TagsScreen key={collection} collection={collection} search={search} patch={patch} />;
}
