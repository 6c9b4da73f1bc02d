import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareCollectionUpdate(parent: Command): void {
  withExample(parent.command("update"), 'collection update work --display-name "At work"')
    .description("change what a collection is shown as; its folder keeps its name")
    .argument("<name>", "the name of its folder")
    .requiredOption("--display-name <text>", "what it is shown as")
    .action(
      inSession(async ({ client, out }, name: string, options: { displayName: string }) => {
        const reply = await client.collections.update.mutate({ collection: name, ...options });
        const { displayName } = reply.collection;
        reportSaved(out, reply, `The collection "${name}" is shown as "${displayName}" now`);
      }),
    );
}
