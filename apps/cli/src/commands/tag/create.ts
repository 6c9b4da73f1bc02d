import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

interface Options {
  slug?: string;
  color?: string;
  description?: string;
}

export function declareTagCreate(tag: Command): void {
  withExample(tag.command("create"), 'tag create Backend --color "#3B82F6"')
    .description("define a tag")
    .argument("<name>", "its name")
    .option("--slug <slug>", "its slug; made of the name where none is given")
    .option("--color <color>", "#RGB or #RRGGBB")
    .option("--description <text>", "what it says of an artifact")
    .action(
      inSession(async ({ client, collection, out }, name: string, options: Options) => {
        const reply = await client.tags.create.mutate({
          collection: await collection(),
          name,
          ...options,
        });
        reportSaved(out, reply, `Created the tag "${reply.tag.name}" (${reply.tag.slug})`);
      }),
    );
}
