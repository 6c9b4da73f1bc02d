import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareGroupDelete(group: Command): void {
  withExample(group.command("delete"), "group delete Authentication")
    .description("delete a group; its members stay in the collection")
    .argument("<name>", "the group's name or id")
    .action(
      inSession(async ({ client, collection, out }, name: string) => {
        const reply = await client.groups.delete.mutate({
          collection: await collection(),
          group: name,
        });
        reportSaved(out, reply, `Deleted the group "${reply.group.name}"`);
      }),
    );
}
