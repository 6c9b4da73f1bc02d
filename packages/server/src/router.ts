import { lazy } from "@trpc/server";
import { router } from "./trpc.ts";

/**
 * Every procedure of SkillMeat, one router a noun. Each is loaded when it is first called: a command calls one
 * or two of them.
 */
export const appRouter = router({
  artifacts: lazy(() => import("./routers/artifacts.ts")),
  backups: lazy(() => import("./routers/backups.ts")),
  cache: lazy(() => import("./routers/cache.ts")),
  collections: lazy(() => import("./routers/collections.ts")),
  events: lazy(() => import("./routers/events.ts")),
  groups: lazy(() => import("./routers/groups.ts")),
  history: lazy(() => import("./routers/history.ts")),
  sync: lazy(() => import("./routers/sync.ts")),
  system: lazy(() => import("./routers/system.ts")),
  tags: lazy(() => import("./routers/tags.ts")),
  trash: lazy(() => import("./routers/trash.ts")),
});

/** What an embedding program gives the procedures beside the home. */
export { createEvents, type Events } from "./events/hub.ts";

export type AppRouter = typeof appRouter;
