import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatDiffs } from "../../views/diff.ts";
import { NO_COLLECTIONS } from "../../views/sync.ts";
import { withExample } from "../options.ts";

export function declareSyncDiff(sync: Command): void {
  withExample(sync.command("diff"), "sync diff")
    .description(
      "show what the manifest holds otherwise than the cache; of every collection where none is named",
    )
    .action(
      inSession(async ({ client, named, out }) => {
        const reply = await client.sync.diff.query({ collection: named });
        out.answer(reply, ({ collections }) => formatDiffs(collections));
        if (reply.collections.length === 0) out.notice(NO_COLLECTIONS);
        for (const { name, problems } of reply.collections) out.problems(name, problems);
      }),
    );
}
