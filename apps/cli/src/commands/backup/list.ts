import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatTime } from "../../views/time.ts";
import { withExample } from "../options.ts";

export function declareBackupList(backup: Command): void {
  withExample(backup.command("list"), "backup list")
    .description("list the backups of a collection's manifest, the newest first")
    .action(
      inSession(async ({ client, collection, out }) => {
        const reply = await client.backups.list.query({ collection: await collection() });
        out.answer(reply, ({ items }) =>
          out.table(items, [
            { heading: "ID", cell: ({ id }) => id },
            { heading: "REPLACED", cell: ({ at }) => formatTime(at) },
            { heading: "BYTES", cell: ({ bytes }) => bytes },
          ]),
        );
        if (reply.items.length === 0) out.notice("There are no backups: nothing was replaced yet");
      }),
    );
}
