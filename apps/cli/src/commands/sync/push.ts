import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { diffOf, report, textOf } from "../../views/synced.ts";
import { withExample } from "../options.ts";

export function declareSyncPush(sync: Command): void {
  withExample(sync.command("push"), "sync push --dry-run")
    .description("write the cache's groups, tags and rows instead of the manifest's")
    .option("--dry-run", "show what would change in the manifest, and change nothing")
    .action(
      inSession(async ({ client, named, out }, { dryRun = false }: { dryRun?: boolean }) => {
        const reply = await client.sync.push.mutate({ collection: named, dryRun });
        out.answer(reply, ({ collections }) => (dryRun ? textOf(collections, diffOf) : ""));
        report(out, reply.collections, dryRun, ({ diff, backup }) => {
          const kept = backup === null ? "" : `; what was there lies in the backup ${backup}`;
          return diff === "" ? "The manifest has what the cache has" : `Wrote the manifest${kept}`;
        });
      }),
    );
}
