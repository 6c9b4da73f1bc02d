import type { Command } from "commander";
import { declareSyncFlush } from "./sync/flush.ts";

export function declareSync(program: Command): void {
  const sync = program.command("sync").description("the cache and the manifests");
  declareSyncFlush(sync);
}
