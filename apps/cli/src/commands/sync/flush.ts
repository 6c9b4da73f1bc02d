import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { withExample } from "../options.ts";

export function declareSyncFlush(sync: Command): void {
  withExample(sync.command("flush"), "sync flush")
    .description("write what is not saved yet; of every collection where none is named")
    .action(
      inSession(async ({ client, named, out }) => {
        const reply = await client.sync.flush.mutate({ collection: named });
        out.answer(reply, ({ collections }) =>
          out.table(collections, [
            { heading: "COLLECTION", cell: ({ name }) => name },
            { heading: "SAVED", cell: ({ saved }) => (saved ? "yes" : "no") },
            { heading: "REASON", cell: ({ reason }) => reason ?? "" },
          ]),
        );
        for (const { name, saved, reason } of reply.collections) {
          if (!saved) out.warnUnsaved(reason, name);
        }
      }),
    );
}
