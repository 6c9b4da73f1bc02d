import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { plural } from "../../output/plural.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareTagDelete(tag: Command): void {
  withExample(tag.command("delete"), "tag delete backend")
    .description("delete a tag's definition, and take it off artifacts that were tagged here")
    .argument("<slug>", "the tag's slug or name")
    .action(
      inSession(async ({ client, collection, out }, slug: string) => {
        const reply = await client.tags.delete.mutate({ collection: await collection(), slug });
        reportSaved(out, reply, `Deleted the tag "${reply.tag.name}" (${reply.tag.slug})`);
        if (reply.stillCarriedBy > 0) {
          out.warn(
            `The frontmatter of ${plural(reply.stillCarriedBy, "artifact")} still carries it, and is never edited here`,
          );
        }
      }),
    );
}
