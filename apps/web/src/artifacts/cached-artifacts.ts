import type { InfiniteData, QueryKey } from "@tanstack/react-query";
import { queryClient, trpc } from "../api/client.ts";
import type { Artifact, Group } from "../api/queries.ts";
import type { RouterOutputs } from "@skillmeat/client";

type List = RouterOutputs["artifacts"]["list"];

/** Of an artifact as it was, as it is now; null where it is gone. */
export type ArtifactChange = (artifact: Artifact) => Artifact | null;

/**
 * Changes artifacts wherever this page holds them: in lists, in the index, by themselves.
 * @returns what puts everything back as it was
 */
export function changeCached(
  collection: string,
  ids: ReadonlySet<string>,
  change: ArtifactChange,
): () => void {
  const kept = queryClient.getQueriesData({
    predicate: ({ queryKey }) => placeOf(queryKey)?.collection === collection,
  });
  const apply = (artifact: Artifact) => (ids.has(artifact.id) ? change(artifact) : artifact);
  const applyAll = (list: List): List => ({ ...list, items: list.items.flatMap(applyOne) });
  const applyOne = (artifact: Artifact) => apply(artifact) ?? [];
  const filter = (kind: Kind) => heldAs(collection, kind);
  queryClient.setQueriesData<InfiniteData<List>>(filter("pages"), (old) =>
    old === undefined ? old : { ...old, pages: old.pages.map(applyAll) },
  );
  queryClient.setQueriesData<List>(filter("list"), (old) =>
    old === undefined ? old : applyAll(old),
  );
  queryClient.setQueriesData<ReadonlyMap<string, Artifact>>(filter("index"), (old) =>
    old === undefined ? old : changeIndex(old, ids, change),
  );
  // One that is gone stays as it was until its page is closed.
  queryClient.setQueriesData<Artifact>(filter("one"), (old) =>
    old === undefined ? old : (apply(old) ?? old),
  );
  return () => {
    for (const [key, data] of kept) queryClient.setQueryData(key, data);
  };
}

/** An artifact that this page holds in some list, so that its details need not be waited for. */
export function findCached(collection: string, id: string): Artifact | undefined {
  const held = (kind: Kind) => heldAs(collection, kind);
  for (const [, index] of queryClient.getQueriesData<ReadonlyMap<string, Artifact>>(
    held("index"),
  )) {
    const found = index?.get(id);
    if (found !== undefined) return found;
  }
  for (const [, data] of queryClient.getQueriesData<InfiniteData<List>>(held("pages"))) {
    for (const { items } of data?.pages ?? []) {
      const found = items.find((item) => item.id === id);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Puts artifacts as the server answered them in the place of what was shown. */
export function putCached(collection: string, artifacts: readonly Artifact[]): void {
  const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
  changeCached(collection, new Set(byId.keys()), (old) => byId.get(old.id) ?? old);
}

/** Puts a group as the server answered it in the place of what was shown. */
export function putCachedGroup(collection: string, group: Group): void {
  queryClient.setQueriesData<RouterOutputs["groups"]["list"]>(
    trpc.groups.list.queryFilter({ collection }),
    (old) =>
      old === undefined
        ? old
        : { ...old, items: old.items.map((item) => (item.id === group.id ? group : item)) },
  );
}

/**
 * Asks anew for what follows from artifacts: counts, history, and the lists that their tags or groups narrow,
 * or all lists where artifacts came.
 */
export function refreshAround(collection: string, { lists }: { lists: "narrowed" | "all" }): void {
  for (const around of [trpc.tags, trpc.history.list, trpc.collections]) {
    void queryClient.invalidateQueries(around.pathFilter());
  }
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => {
      const place = placeOf(queryKey);
      if (place?.collection !== collection || place.kind === "one") return false;
      return lists === "all" || place.isNarrowed;
    },
  });
}

type Kind = "pages" | "list" | "index" | "one";

interface Place {
  readonly kind: Kind;
  readonly collection: unknown;
  /** Whether tags, groups or words decide what is in it. */
  readonly isNarrowed: boolean;
}

/** The queries of a collection that hold artifacts in one of these ways. */
function heldAs(collection: string, kind: Kind) {
  return {
    predicate: ({ queryKey }: { queryKey: QueryKey }) => {
      const place = placeOf(queryKey);
      return place?.collection === collection && place.kind === kind;
    },
  };
}

/** Where artifacts are held, by a query's key; null where a query holds none. */
function placeOf([path, about]: QueryKey): Place | null {
  if (!Array.isArray(path) || path[0] !== "artifacts" || !isRecord(about)) return null;
  const input = isRecord(about["input"]) ? about["input"] : {};
  if (path[1] === "get") return { kind: "one", collection: input["collection"], isNarrowed: false };
  if (path[1] !== "list") return null;
  if ("index" in about) return { kind: "index", collection: about["index"], isNarrowed: false };
  const isNarrowed = ["tag", "group", "ungrouped", "search"].some(
    (key) => input[key] !== undefined && input[key] !== false,
  );
  const kind = about["type"] === "infinite" ? "pages" : "list";
  return { kind, collection: input["collection"], isNarrowed };
}

function changeIndex(
  index: ReadonlyMap<string, Artifact>,
  ids: ReadonlySet<string>,
  change: ArtifactChange,
): ReadonlyMap<string, Artifact> {
  const now = new Map(index);
  for (const id of ids) {
    const old = now.get(id);
    if (old === undefined) continue;
    const next = change(old);
    if (next === null) now.delete(id);
    else now.set(id, next);
  }
  return now;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
