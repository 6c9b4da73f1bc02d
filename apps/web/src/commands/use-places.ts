import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { Boxes, FileText, FolderCog, KanbanSquare, Library, Tag, Tags } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { trpc } from "../api/client.ts";
import { useCollections, type Artifact } from "../api/queries.ts";
import type { PaletteItem, PaletteSection } from "./palette-item.ts";
import { best, rank } from "./rank.ts";
import { wantedGroup } from "./wanted-group.ts";

/** How long is waited for a person to type on before the server is asked, in ms. */
const PATIENCE = 120;
/** As many of a kind as are shown. */
const MOST = 8;
/** As many artifacts as are asked for: those that bear the word in their names may be behind those that mention it. */
const ASKED = 100;

/** Where one can go, as far as it answers to what was typed. */
export interface Places {
  readonly sections: readonly PaletteSection[];
  /** Whether the server has not answered yet to what was typed. */
  readonly isAsking: boolean;
}

/** Finds pages, groups, artifacts, tags and collections. @param query trimmed */
export function usePlaces(collection: string | undefined, query: string): Places {
  const pages = usePages(collection);
  const groups = useGroupItems(collection);
  const { items: artifacts, isAsking } = useArtifactItems(collection, query);
  const tags = useTagItems(collection);
  const collections = useCollectionItems(collection);
  const sections = useMemo(() => {
    const found = (items: readonly PaletteItem[], most = MOST) => best(items, textOf, query, most);
    // With nothing typed a few things suffice; the others are looked for by name.
    const isLooking = query !== "";
    return [
      { heading: "Pages", items: found(pages) },
      { heading: "Groups", items: isLooking ? found(groups) : [] },
      { heading: "Artifacts", items: isLooking ? artifacts : [] },
      { heading: "Tags", items: isLooking ? found(tags) : [] },
      { heading: "Collections", items: found(collections, isLooking ? MOST : 4) },
    ];
  }, [pages, groups, artifacts, tags, collections, query]);
  return { sections, isAsking };
}

export function textOf({ label, aside }: PaletteItem): string {
  return aside === undefined ? label : `${label} ${aside}`;
}

function usePages(collection: string | undefined): PaletteItem[] {
  const navigate = useNavigate();
  return useMemo(() => {
    const all = {
      id: "page:collections",
      icon: FolderCog,
      label: "All collections",
      run: () => void navigate({ to: "/collections" }),
    };
    if (collection === undefined) return [all];
    const params = { collection };
    return [
      {
        id: "page:board",
        icon: KanbanSquare,
        label: "Board",
        run: () => void navigate({ to: "/c/$collection/board", params }),
      },
      {
        id: "page:artifacts",
        icon: Boxes,
        label: "Artifacts",
        run: () => void navigate({ to: "/c/$collection/artifacts", params }),
      },
      {
        id: "page:tags",
        icon: Tags,
        label: "Tags",
        run: () => void navigate({ to: "/c/$collection/tags", params }),
      },
      all,
    ];
  }, [collection, navigate]);
}

function useGroupItems(collection: string | undefined): PaletteItem[] {
  const navigate = useNavigate();
  const { data } = useQuery(
    trpc.groups.list.queryOptions(collection === undefined ? skipToken : { collection }),
  );
  return useMemo(
    () =>
      (data?.items ?? []).map(({ id, name, members, collection: of }) => ({
        id: `group:${id}`,
        icon: Library,
        label: name,
        aside: String(members.length),
        run() {
          wantedGroup.set(id);
          void navigate({ to: "/c/$collection/board", params: { collection: of } });
        },
      })),
    [data, navigate],
  );
}

function useArtifactItems(collection: string | undefined, query: string) {
  const navigate = useNavigate();
  const isOnBoard = useRouterState({
    select: ({ location }) => location.pathname.endsWith("/board"),
  });
  const search = useSettled(query);
  const { data, isPlaceholderData, isFetching, failureCount } = useQuery({
    ...trpc.artifacts.list.queryOptions(
      collection === undefined || search === "" ? skipToken : { collection, search, limit: ASKED },
    ),
    placeholderData: keepPreviousData,
  });
  const items = useMemo(
    () =>
      byName(data?.items ?? [], search).map(({ id, name, type }): PaletteItem => ({
        id: `artifact:${id}`,
        icon: FileText,
        label: name,
        aside: type,
        run() {
          const to = isOnBoard ? "/c/$collection/board" : "/c/$collection/artifacts";
          const params = { collection: collection ?? "" };
          void navigate({ to, params, search: { artifact: id } });
        },
      })),
    [data, search, collection, isOnBoard, navigate],
  );
  // A server that does not answer is not waited for.
  const isOpen = (isPlaceholderData || isFetching) && failureCount === 0;
  const isAsking = search !== query || (query !== "" && isOpen);
  return { items, isAsking };
}

/** Those first that are looked for by their names; the server finds others by what their texts say. */
function byName(artifacts: readonly Artifact[], search: string): Artifact[] {
  return artifacts
    .map((artifact) => ({ artifact, score: rank(artifact.name, search) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ artifact }) => artifact);
}

function useTagItems(collection: string | undefined): PaletteItem[] {
  const navigate = useNavigate();
  const { data } = useQuery(
    trpc.tags.list.queryOptions(collection === undefined ? skipToken : { collection }),
  );
  return useMemo(
    () =>
      (data?.items ?? []).map(({ slug, name, artifactCount }) => ({
        id: `tag:${slug}`,
        icon: Tag,
        label: name,
        aside: artifactCount === 1 ? "1 artifact" : `${artifactCount} artifacts`,
        run() {
          const params = { collection: collection ?? "" };
          void navigate({ to: "/c/$collection/artifacts", params, search: { tag: slug } });
        },
      })),
    [data, collection, navigate],
  );
}

function useCollectionItems(current: string | undefined): PaletteItem[] {
  const navigate = useNavigate();
  const { data } = useCollections();
  return useMemo(
    () =>
      (data?.items ?? [])
        .filter(({ name }) => name !== current)
        .map(({ name, displayName }) => ({
          id: `collection:${name}`,
          icon: FolderCog,
          label: displayName,
          ...(displayName === name ? {} : { aside: name }),
          run: () => void navigate({ to: "/c/$collection/board", params: { collection: name } }),
        })),
    [data, current, navigate],
  );
}

/** A text once it has not changed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PATIENCE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
