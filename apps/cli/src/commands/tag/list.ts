import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatTags } from "../../views/tag.ts";
import { cutList, explainEmpty } from "../listing.ts";
import { positiveNumber, withExample } from "../options.ts";

export function declareTagList(tag: Command): void {
  withExample(tag.command("list"), "tag list")
    .description(
      "list the tags: the defined ones in their order, then other words that artifacts carry",
    )
    .option("--limit <n>", "list this many at most", positiveNumber)
    .action(
      inSession(async (session, { limit }: { limit?: number }) => {
        const { client, collection, out } = session;
        const tags = await client.tags.list.query({ collection: await collection() });
        out.answer(cutList(tags, limit), ({ items }) => formatTags(out, items));
        if (tags.items.length === 0) {
          await explainEmpty(session, "There are no tags yet. Make one", "tag create NAME");
        }
      }),
    );
}
