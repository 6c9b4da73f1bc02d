import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareBackupRestore(backup: Command): void {
  withExample(backup.command("restore"), "backup restore 20261122T135547.123Z-abcdef12")
    .description("make a backup the manifest again; the present text is backed up first")
    .argument("<id>", "its id, or the beginning of it")
    .action(
      inSession(async ({ client, collection, out }, id: string) => {
        const reply = await client.backups.restore.mutate({ collection: await collection(), id });
        const kept =
          reply.backup === null ? "" : `; what was there lies in the backup ${reply.backup}`;
        reportSaved(out, reply, `Restored the manifest of ${reply.name}${kept}`);
      }),
    );
}
