import type { Command } from "commander";
import { inSession } from "../session.ts";
import { formatStatuses, NO_COLLECTIONS, warnOfDifferences } from "../views/sync.ts";
import { withExample } from "./options.ts";
import { watchStatus } from "./watch-status.ts";

export function declareStatus(program: Command): void {
  withExample(program.command("status"), "status", "status --watch")
    .description("show whether everything is saved; of every collection where none is named")
    .option(
      "--watch",
      "go on until Ctrl-C, and tell each change; a JSON document a line with --json",
    )
    .action(
      inSession(async (session, { watch = false }: { watch?: boolean }) => {
        if (watch) return watchStatus(session);
        const { client, named, out } = session;
        const reply = await client.sync.status.query({ collection: named });
        out.answer(reply, ({ collections }) => formatStatuses(out, collections));
        if (reply.collections.length === 0) out.notice(NO_COLLECTIONS);
        for (const { name, problems, unsaved, reason } of reply.collections) {
          out.problems(name, problems);
          if (unsaved > 0) out.warnUnsaved(reason, name);
        }
        warnOfDifferences(out, reply.collections);
      }),
    );
}
