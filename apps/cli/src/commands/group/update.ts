import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { wholeNumber, withExample } from "../options.ts";

interface Options {
  name?: string;
  description?: string;
  color?: string;
  icon?: string;
  position?: number;
}

export function declareGroupUpdate(group: Command): void {
  withExample(group.command("update"), 'group update Authentication --name "Sign-in" --color blue')
    .description("change a group; what is not named stays")
    .argument("<group>", "the group's name or id")
    .option("--name <name>", "its new name")
    .option("--description <text>", 'what it is for; "" for nothing')
    .option("--color <color>", '#RGB, #RRGGBB, slate, blue, green, amber or rose; "" for none')
    .option("--icon <name>", 'a Lucide icon name; "" for none')
    .option("--position <n>", "its place from 0 on", wholeNumber)
    .action(
      inSession(async ({ client, collection, out }, ref: string, options: Options) => {
        const reply = await client.groups.update.mutate({
          collection: await collection(),
          group: ref,
          ...options,
        });
        reportSaved(out, reply, `Updated the group "${reply.group.name}"`);
      }),
    );
}
