import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { plural } from "../../output/plural.ts";
import { warnOfMissing } from "../../views/group.ts";
import { reportSaved } from "../mutation.ts";
import { wholeNumber, withExample } from "../options.ts";

export function declareGroupAdd(group: Command): void {
  withExample(group.command("add"), "group add Authentication jwt-auth command:login --at 0")
    .description("add artifacts to a group")
    .argument("<name>", "the group's name or id")
    .argument("<ref...>", "artifacts, by name or type:name")
    .option("--at <n>", "their place from 0 on; last where none is given", wholeNumber)
    .action(
      inSession(
        async (
          { client, collection, out },
          name: string,
          refs: string[],
          options: { at?: number },
        ) => {
          const reply = await client.groups.addMembers.mutate({
            collection: await collection(),
            group: name,
            members: refs,
            ...options,
          });
          const { members } = reply.group;
          reportSaved(
            out,
            reply,
            `The group "${reply.group.name}" has ${plural(members.length, "member")} now`,
          );
          warnOfMissing(out, reply.group, refs);
        },
      ),
    );
}
