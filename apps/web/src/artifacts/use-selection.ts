import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useArtifactIndex } from "../api/artifact-index.ts";
import { tellError } from "../api/errors.ts";
import type { Artifact, ArtifactFilter } from "../api/queries.ts";
import { announce } from "../ui/announce.tsx";
import { countOf } from "./count-of.ts";
import { isOnPage } from "./is-on-page.ts";
import { listIds } from "./list-ids.ts";
import { NOTHING_SELECTED, selectOnly, type Selection } from "./selection.ts";

export interface Selected {
  readonly selection: Selection;
  /** Those that are selected and still there; null until all of them are known. */
  readonly artifacts: readonly Artifact[] | null;
  readonly count: number;
  readonly change: (change: (before: Selection) => Selection) => void;
  /** Selects all that the filter leaves, also those that are not on the page yet. */
  readonly selectAll: () => void;
  readonly clear: () => void;
}

/**
 * What is selected in a list; it stays while the list is narrowed, and Esc takes it back.
 * @param isEscTaken whether Esc is for something else now
 */
export function useSelection(
  collection: string,
  filter: ArtifactFilter,
  items: readonly Artifact[],
  hasMore: boolean,
  isEscTaken: boolean,
): Selected {
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  const isAny = selection.ids.size > 0;
  const { byId, isAll } = useSelectable(collection, items, isAny);
  const artifacts = useMemo(() => {
    const found = [...selection.ids].flatMap((id) => byId.get(id) ?? []);
    return isAll || found.length === selection.ids.size ? found : null;
  }, [selection.ids, byId, isAll]);
  const clear = useCallback(() => setSelection(NOTHING_SELECTED), []);
  const newest = useRef(filter);
  newest.current = filter;
  const selectAll = () => {
    if (!hasMore) return setSelection(selectOnly(items.map(({ id }) => id)));
    listIds(collection, filter).then((ids) => {
      // Whoever narrowed the list meanwhile does not want these.
      if (newest.current === filter) setSelection(selectOnly(ids));
    }, tellError);
  };

  useEffect(() => {
    if (!isAny || isEscTaken) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && isOnPage(event.target)) clear();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [isAny, isEscTaken, clear]);

  const count = artifacts?.length ?? selection.ids.size;
  const spoken = useRef(0);
  useEffect(() => {
    if (count === spoken.current) return;
    spoken.current = count;
    announce(count === 0 ? "Nothing selected" : `${countOf(count, "artifact")} selected`);
  }, [count]);

  return { selection, artifacts, count, change: setSelection, selectAll, clear };
}

/** Artifacts by id: those of the list, and once something is selected all of the collection. */
function useSelectable(
  collection: string,
  items: readonly Artifact[],
  isAny: boolean,
): { readonly byId: ReadonlyMap<string, Artifact>; readonly isAll: boolean } {
  const index = useArtifactIndex(collection, { enabled: isAny });
  return useMemo(() => {
    const listed = new Map(items.map((artifact) => [artifact.id, artifact]));
    if (index.data === undefined) return { byId: listed, isAll: false };
    return { byId: new Map([...index.data, ...listed]), isAll: true };
  }, [items, index.data]);
}
