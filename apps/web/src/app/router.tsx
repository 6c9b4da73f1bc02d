import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { queryClient, trpc } from "../api/client.ts";
import { readArtifactsSearch, readBoardSearch, readTagsSearch } from "./filters.ts";
import { firstCollection } from "./last-collection.ts";
import { CrashPage, NotFoundPage } from "./problem-pages.tsx";
import { Shell } from "./shell.tsx";

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
});

const index = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async () => {
    const collection = await firstCollection();
    throw collection === null
      ? redirect({ to: "/collections" })
      : redirect({ to: "/c/$collection/board", params: { collection } });
  },
});

const collections = createRoute({
  getParentRoute: () => root,
  path: "/collections",
  component: lazyRouteComponent(
    () => import("../collections/collections-page.tsx"),
    "CollectionsPage",
  ),
});

const collection = createRoute({ getParentRoute: () => root, path: "/c/$collection" });

const start = createRoute({
  getParentRoute: () => collection,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/c/$collection/board", params });
  },
});

const board = createRoute({
  getParentRoute: () => collection,
  path: "/board",
  validateSearch: readBoardSearch,
  // Asked for while the page's script is loaded.
  loader: ({ params: { collection: name } }) =>
    void queryClient.prefetchQuery(trpc.groups.list.queryOptions({ collection: name })),
  component: lazyRouteComponent(() => import("../board/board-page.tsx"), "BoardPage"),
});

const artifacts = createRoute({
  getParentRoute: () => collection,
  path: "/artifacts",
  validateSearch: readArtifactsSearch,
  component: lazyRouteComponent(() => import("../artifacts/artifacts-page.tsx"), "ArtifactsPage"),
});

const tags = createRoute({
  getParentRoute: () => collection,
  path: "/tags",
  validateSearch: readTagsSearch,
  component: lazyRouteComponent(() => import("../tags/tags-page.tsx"), "TagsPage"),
});

/** The pages of the app, by their addresses. */
export const router = createRouter({
  routeTree: root.addChildren([
    index,
    collections,
    collection.addChildren([start, board, artifacts, tags]),
  ]),
  defaultPreload: "intent",
  defaultPendingMs: 0,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
