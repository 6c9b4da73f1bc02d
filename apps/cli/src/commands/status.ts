import type { Command } from "commander";
import { inSession } from "../session.ts";
import { formatStatuses, NO_COLLECTIONS } from "../views/sync.ts";
import { withExample } from "./options.ts";

export function declareStatus(program: Command): void {
  withExample(program.command("status"), "status")
    .description("show whether everything is saved; of every collection where none is named")
    .action(
      inSession(async ({ client, named, out }) => {
        const reply = await client.sync.status.query({ collection: named });
        out.answer(reply, ({ collections }) => formatStatuses(out, collections));
        if (reply.collections.length === 0) out.notice(NO_COLLECTIONS);
        for (const { name, problems, unsaved, reason } of reply.collections) {
          out.problems(name, problems);
          if (unsaved > 0) out.warnUnsaved(reason, name);
        }
      }),
    );
}
