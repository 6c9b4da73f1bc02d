import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

interface Options {
  name?: string;
  slug?: string;
  color?: string;
  description?: string;
}

export function declareTagUpdate(tag: Command): void {
  withExample(tag.command("update"), 'tag update backend --description "Server-side artifacts"')
    .description("change a tag; what is not named stays")
    .argument("<tag>", "the tag's slug or name")
    .option("--name <name>", "its new name; the slug stays")
    .option("--slug <slug>", "its new slug")
    .option("--color <color>", '#RGB or #RRGGBB; "" for none')
    .option("--description <text>", 'what it says of an artifact; "" for nothing')
    .action(
      inSession(async ({ client, collection, out }, ref: string, options: Options) => {
        const { slug: newSlug, ...fields } = options;
        const reply = await client.tags.update.mutate({
          collection: await collection(),
          slug: ref,
          newSlug,
          ...fields,
        });
        reportSaved(out, reply, `Updated the tag "${reply.tag.name}" (${reply.tag.slug})`);
      }),
    );
}
