export { appRouter, type AppRouter } from "./router.ts";
export { type Context, type MutationRecord } from "./context.ts";
export { createLog } from "./http/log.ts";
export {
  refuseOpenToOthers,
  startServer,
  type RunningServer,
  type ServerOptions,
} from "./http/start-server.ts";
