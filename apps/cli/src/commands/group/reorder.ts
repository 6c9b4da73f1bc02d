import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareGroupReorder(group: Command): void {
  withExample(group.command("reorder"), "group reorder Testing Authentication")
    .description("put the groups in order: the named ones first, then the others")
    .argument("<name...>", "groups in their new order, by name or id")
    .action(
      inSession(async ({ client, collection, out }, names: string[]) => {
        const reply = await client.groups.reorder.mutate({
          collection: await collection(),
          groups: names,
        });
        const order = reply.groups.map(({ name }) => name).join(", ");
        reportSaved(out, reply, `The groups are in order: ${order}`);
      }),
    );
}
