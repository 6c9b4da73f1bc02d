import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareGroupOrder(group: Command): void {
  withExample(group.command("order"), "group order Authentication oauth-handler jwt-auth")
    .description("put the members of a group in order: the named ones first, then the others")
    .argument("<name>", "the group's name or id")
    .argument("<ref...>", "members in their new order, by name or type:name")
    .action(
      inSession(async ({ client, collection, out }, name: string, refs: string[]) => {
        const reply = await client.groups.reorderMembers.mutate({
          collection: await collection(),
          group: name,
          members: refs,
        });
        const order = reply.group.members.map(({ ref }) => ref).join(", ");
        reportSaved(out, reply, `The members of "${reply.group.name}" are in order: ${order}`);
      }),
    );
}
