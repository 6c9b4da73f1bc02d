import type { InfiniteData, QueryKey } from "@tanstack/react-query";
import type { RouterOutputs } from "@skillmeat/client";
import { queryClient, trpc } from "../api/client.ts";
import type { Artifact, Group } from "../api/queries.ts";

type GroupList = RouterOutputs["groups"]["list"];
type ArtifactList = RouterOutputs["artifacts"]["list"];
type Pages = InfiniteData<ArtifactList>;

/** The groups of a collection as they are shown. */
export function readGroups(collection: string): readonly Group[] {
  const key = trpc.groups.list.queryKey({ collection });
  return queryClient.getQueryData(key)?.items ?? [];
}

/** Changes the groups that are shown. */
export function changeGroups(
  collection: string,
  change: (groups: readonly Group[]) => readonly Group[],
): void {
  const key = trpc.groups.list.queryKey({ collection });
  queryClient.setQueryData<GroupList>(key, (old) =>
    old === undefined ? old : { ...old, items: [...change(old.items)] },
  );
}

/** Puts groups in the place of those with their ids. */
export function putGroups(collection: string, groups: readonly Group[]): void {
  const byId = new Map(groups.map((group) => [group.id, group]));
  changeGroups(collection, (items) => items.map((item) => byId.get(item.id) ?? item));
}

/** Takes artifacts from the lists of those that are in no group. @returns what puts them back */
export function hideUngrouped(collection: string, ids: ReadonlySet<string>): () => void {
  return changeUngrouped(
    collection,
    () => true,
    (pages) =>
      pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => !ids.has(id)) })),
  );
}

/** Puts artifacts into the list of those that are in no group, as far as it is there. @returns what takes them out */
export function showUngrouped(collection: string, artifacts: readonly Artifact[]): () => void {
  return changeUngrouped(collection, isUnfiltered, (pages) => artifacts.reduce(insert, pages));
}

/** Asks anew for the artifacts that are in no group. */
export function askUngrouped(collection: string): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => isUngrouped(queryKey, collection),
  });
}

/** Notes that what is known of artifacts besides may be of before; what is not looked at is asked for when it is. */
export function noteGroupsChanged(): void {
  void queryClient.invalidateQueries({ ...trpc.artifacts.list.pathFilter(), refetchType: "none" });
  void queryClient.invalidateQueries(trpc.artifacts.get.pathFilter());
  void queryClient.invalidateQueries(trpc.history.list.pathFilter());
  void queryClient.invalidateQueries(trpc.collections.pathFilter());
}

function changeUngrouped(
  collection: string,
  concerns: (key: QueryKey) => boolean,
  change: (pages: readonly ArtifactList[]) => readonly ArtifactList[],
): () => void {
  const filter = {
    predicate: ({ queryKey }: { readonly queryKey: QueryKey }) =>
      isUngrouped(queryKey, collection) && concerns(queryKey),
  };
  const kept = queryClient.getQueriesData<Pages>(filter);
  queryClient.setQueriesData<Pages>(filter, (old) =>
    old === undefined ? old : { ...old, pages: [...change(old.pages)] },
  );
  return () => {
    for (const [key, data] of kept) queryClient.setQueryData(key, data);
  };
}

/** Puts an artifact where its name belongs; behind what has come so far it comes with its page. */
function insert(pages: readonly ArtifactList[], artifact: Artifact): readonly ArtifactList[] {
  if (pages.some(({ items }) => items.some(({ id }) => id === artifact.id))) return pages;
  const found = pages.findIndex(({ items, nextCursor }) => {
    const last = items.at(-1);
    return nextCursor === null || (last !== undefined && compare(artifact, last) < 0);
  });
  return pages.map((page, number) => {
    if (number !== found) return page;
    const at = page.items.findIndex((item) => compare(artifact, item) < 0);
    const place = at === -1 ? page.items.length : at;
    return { ...page, items: page.items.toSpliced(place, 0, artifact) };
  });
}

/** As the server sorts: by name, then type. */
function compare(one: Artifact, other: Artifact): number {
  const [a, b] = [orderOf(one), orderOf(other)];
  return a < b ? -1 : Number(a > b);
}

function orderOf({ name, type }: Artifact): string {
  return `${name.normalize("NFC").toLowerCase()}\0${type}\0${name}`;
}

function isUngrouped([path, about]: QueryKey, collection: string): boolean {
  if (!Array.isArray(path) || path.join(".") !== "artifacts.list" || !isRecord(about)) return false;
  const { input } = about;
  return (
    about["type"] === "infinite" &&
    isRecord(input) &&
    input["collection"] === collection &&
    input["ungrouped"] === true
  );
}

function isUnfiltered([, about]: QueryKey): boolean {
  const input = isRecord(about) ? about["input"] : undefined;
  return isRecord(input) && ["search", "type", "tag"].every((key) => input[key] === undefined);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
