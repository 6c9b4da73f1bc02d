import type { Command } from "commander";
import { plural } from "../../output/plural.ts";
import { inSession } from "../../session.ts";
import { bothOf, conflictText, report, textOf } from "../../views/synced.ts";
import { withExample } from "../options.ts";

/** What a merge that came to conflicts ends with, though it is done. */
const CONFLICT = 4;

export function declareSyncMerge(sync: Command): void {
  withExample(sync.command("merge"), "sync merge --dry-run", "sync merge")
    .description("merge what was changed in the manifest with what was changed in the cache")
    .option("--dry-run", "show what would change in cache and manifest, and change nothing")
    .action(
      inSession(async ({ client, named, out }, { dryRun = false }: { dryRun?: boolean }) => {
        const reply = await client.sync.merge.mutate({ collection: named, dryRun });
        out.answer(reply, ({ collections }) => (dryRun ? textOf(collections, bothOf) : ""));
        report(out, reply.collections, dryRun, ({ changes, diff, conflicts }) => {
          if (changes.length === 0 && diff === "") return "There is nothing to merge";
          const clashes = conflicts.length === 0 ? "" : `, ${plural(conflicts.length, "conflict")}`;
          return `Merged: ${plural(changes.length, "change")} in the cache${clashes}`;
        });
        const conflicts = reply.collections.flatMap(({ name, conflicts: own }) =>
          own.map((conflict) => `${name}: ${conflictText(conflict)}`),
        );
        for (const conflict of conflicts) out.warn(conflict);
        if (conflicts.length === 0) return;
        process.exitCode = CONFLICT;
        if (!dryRun) out.notice("Once you have seen them: skillmeat sync resolve");
      }),
    );
}
