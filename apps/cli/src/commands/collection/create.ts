import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareCollectionCreate(collection: Command): void {
  withExample(collection.command("create"), "collection create work")
    .description("create an empty collection")
    .argument("<name>", "the name of its folder")
    .option("--display-name <text>", "what it is shown as; else its name")
    .action(
      inSession(async ({ client, out }, name: string, options: { displayName?: string }) => {
        const reply = await client.collections.create.mutate({ name, ...options });
        reportSaved(out, reply, `Created the collection "${name}" in ${reply.collection.path}`);
      }),
    );
}
