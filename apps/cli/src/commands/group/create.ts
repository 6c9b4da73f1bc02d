import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { plural } from "../../output/plural.ts";
import { warnOfMissing } from "../../views/group.ts";
import { reportSaved } from "../mutation.ts";
import { collect, wholeNumber, withExample } from "../options.ts";

interface Options {
  description?: string;
  color?: string;
  icon?: string;
  position?: number;
  member?: string[];
}

export function declareGroupCreate(group: Command): void {
  withExample(
    group.command("create"),
    'group create Authentication --color "#10B981" --icon shield --member jwt-auth',
  )
    .description("create a group")
    .argument("<name>", "its name")
    .option("--description <text>", "what it is for")
    .option("--color <color>", "#RGB, #RRGGBB, slate, blue, green, amber or rose")
    .option("--icon <name>", "a Lucide icon name")
    .option("--position <n>", "its place from 0 on; last where none is given", wholeNumber)
    .option("--member <ref>", "an artifact's name or type:name; may be repeated", collect)
    .action(
      inSession(async ({ client, collection, out }, name: string, options: Options) => {
        const { member: members = [], ...fields } = options;
        const reply = await client.groups.create.mutate({
          collection: await collection(),
          name,
          ...fields,
          members,
        });
        reportSaved(
          out,
          reply,
          `Created the group "${reply.group.name}" with ${plural(reply.group.members.length, "member")}`,
        );
        warnOfMissing(out, reply.group, members);
      }),
    );
}
