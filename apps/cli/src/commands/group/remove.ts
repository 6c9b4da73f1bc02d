import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { plural } from "../../output/plural.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareGroupRemove(group: Command): void {
  withExample(group.command("remove"), "group remove Authentication jwt-auth")
    .description("take members out of a group; they stay in the collection")
    .argument("<name>", "the group's name or id")
    .argument("<ref...>", "members, by name or type:name")
    .action(
      inSession(async ({ client, collection, out }, name: string, refs: string[]) => {
        const reply = await client.groups.removeMembers.mutate({
          collection: await collection(),
          group: name,
          members: refs,
        });
        const { members } = reply.group;
        reportSaved(
          out,
          reply,
          `The group "${reply.group.name}" has ${plural(members.length, "member")} now`,
        );
      }),
    );
}
