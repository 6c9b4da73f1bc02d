import { artifactsRouter } from "./routers/artifacts.ts";
import { backupsRouter } from "./routers/backups.ts";
import { cacheRouter } from "./routers/cache.ts";
import { collectionsRouter } from "./routers/collections.ts";
import { eventsRouter } from "./routers/events.ts";
import { groupsRouter } from "./routers/groups.ts";
import { historyRouter } from "./routers/history.ts";
import { syncRouter } from "./routers/sync.ts";
import { systemRouter } from "./routers/system.ts";
import { tagsRouter } from "./routers/tags.ts";
import { trashRouter } from "./routers/trash.ts";
import { router } from "./trpc.ts";

/** Every procedure of SkillMeat, one router a noun. */
export const appRouter = router({
  artifacts: artifactsRouter,
  backups: backupsRouter,
  cache: cacheRouter,
  collections: collectionsRouter,
  events: eventsRouter,
  groups: groupsRouter,
  history: historyRouter,
  sync: syncRouter,
  system: systemRouter,
  tags: tagsRouter,
  trash: trashRouter,
});

/** What an embedding program gives the procedures beside the home. */
export { createEvents, type Events } from "./events/hub.ts";

export type AppRouter = typeof appRouter;
