import type { Command } from "commander";
import { declareSyncDiff } from "./sync/diff.ts";
import { declareSyncFlush } from "./sync/flush.ts";
import { declareSyncMerge } from "./sync/merge.ts";
import { declareSyncPull } from "./sync/pull.ts";
import { declareSyncPush } from "./sync/push.ts";
import { declareSyncResolve } from "./sync/resolve.ts";

export function declareSync(program: Command): void {
  const sync = program.command("sync").description("the cache and the manifests");
  declareSyncFlush(sync);
  declareSyncDiff(sync);
  declareSyncMerge(sync);
  declareSyncPull(sync);
  declareSyncPush(sync);
  declareSyncResolve(sync);
}
