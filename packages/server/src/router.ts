import { artifactsRouter } from "./routers/artifacts.ts";
import { cacheRouter } from "./routers/cache.ts";
import { collectionsRouter } from "./routers/collections.ts";
import { groupsRouter } from "./routers/groups.ts";
import { syncRouter } from "./routers/sync.ts";
import { systemRouter } from "./routers/system.ts";
import { tagsRouter } from "./routers/tags.ts";
import { router } from "./trpc.ts";

/** Every procedure of SkillMeat, one router a noun. */
export const appRouter = router({
  artifacts: artifactsRouter,
  cache: cacheRouter,
  collections: collectionsRouter,
  groups: groupsRouter,
  sync: syncRouter,
  system: systemRouter,
  tags: tagsRouter,
});

export type AppRouter = typeof appRouter;
