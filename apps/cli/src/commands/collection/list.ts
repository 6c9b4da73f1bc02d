import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatCollections } from "../../views/collection.ts";
import { NO_COLLECTIONS } from "../../views/sync.ts";
import { withExample } from "../options.ts";

export function declareCollectionList(collection: Command): void {
  withExample(collection.command("list"), "collection list")
    .description("list the collections of the home")
    .action(
      inSession(async ({ client, out }) => {
        const list = await client.collections.list.query();
        out.answer(list, ({ items }) => formatCollections(out, items));
        if (list.items.length === 0) out.notice(NO_COLLECTIONS);
      }),
    );
}
