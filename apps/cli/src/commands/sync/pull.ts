import type { Command } from "commander";
import { plural } from "../../output/plural.ts";
import { inSession } from "../../session.ts";
import { formatDiffs } from "../../views/diff.ts";
import { report } from "../../views/synced.ts";
import { withExample } from "../options.ts";

export function declareSyncPull(sync: Command): void {
  withExample(sync.command("pull"), "sync pull --dry-run")
    .description("take the manifest's groups, tags and rows instead of the cache's")
    .option("--dry-run", "show what would change in the cache, and change nothing")
    .action(
      inSession(async ({ client, named, out }, { dryRun = false }: { dryRun?: boolean }) => {
        const reply = await client.sync.pull.mutate({ collection: named, dryRun });
        out.answer(reply, ({ collections }) => (dryRun ? formatDiffs(collections) : ""));
        report(out, reply.collections, dryRun, ({ changes, backup }) => {
          const kept = backup === null ? "" : `; what was there lies in the backup ${backup}`;
          return changes.length === 0
            ? "The cache has what the manifest has"
            : `Took ${plural(changes.length, "difference")} from the manifest${kept}`;
        });
      }),
    );
}
