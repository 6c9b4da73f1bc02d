import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatTag } from "../../views/tag.ts";
import { withExample } from "../options.ts";

export function declareTagShow(tag: Command): void {
  withExample(tag.command("show"), "tag show backend")
    .description("show a tag")
    .argument("<slug>", "the tag's slug or name")
    .action(
      inSession(async ({ client, collection, out }, slug: string) => {
        const found = await client.tags.get.query({ collection: await collection(), slug });
        out.answer(found, (value) => formatTag(out, value));
      }),
    );
}
