import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareTrashRestore(trash: Command): void {
  withExample(trash.command("restore"), "trash restore default/20261122T101500123Z-skill-pdf")
    .description("put an artifact's files, or a collection's folder, back to where it was")
    .argument("<id>", "its id, as trash list has it")
    .option("--as <name>", "of a collection: its new name")
    .action(
      inSession(async ({ client, out }, id: string, options: { as?: string }) => {
        const reply = await client.trash.restore.mutate({ id, ...options });
        const { artifact, collection } = reply;
        const what =
          collection === null ? (artifact?.id ?? id) : `the collection "${collection.name}"`;
        reportSaved(out, reply, `Restored ${what}`);
        if (artifact !== null) {
          out.notice("Its groups and tags come back with its files only by undoing its removal");
        }
      }),
    );
}
