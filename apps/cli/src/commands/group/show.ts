import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatGroup } from "../../views/group.ts";
import { withExample } from "../options.ts";

export function declareGroupShow(group: Command): void {
  withExample(group.command("show"), "group show Authentication")
    .description("show a group and its members")
    .argument("<name>", "the group's name or id")
    .action(
      inSession(async ({ client, collection, out }, name: string) => {
        const found = await client.groups.get.query({
          collection: await collection(),
          group: name,
        });
        out.answer(found, (value) => formatGroup(out, value));
      }),
    );
}
