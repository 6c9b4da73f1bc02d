import type { Command } from "commander";
import { escapeLines } from "../../output/escape.ts";
import { inSession } from "../../session.ts";
import { withExample } from "../options.ts";

export function declareBackupShow(backup: Command): void {
  withExample(backup.command("show"), "backup show 20261122T135547.123Z-abcdef12")
    .description("print a backup's text")
    .argument("<id>", "its id, or the beginning of it")
    .action(
      inSession(async ({ client, collection, out }, id: string) => {
        const reply = await client.backups.get.query({ collection: await collection(), id });
        out.answer(reply, ({ text }) => {
          const lines = text.replace(/\n$/, "");
          return process.stdout.isTTY ? escapeLines(lines) : lines;
        });
      }),
    );
}
