import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatGroups } from "../../views/group.ts";
import { cutList, explainEmpty } from "../listing.ts";
import { positiveNumber, withExample } from "../options.ts";

export function declareGroupList(group: Command): void {
  withExample(group.command("list"), "group list")
    .description("list the groups in their order")
    .option("--limit <n>", "list this many at most", positiveNumber)
    .action(
      inSession(async (session, { limit }: { limit?: number }) => {
        const { client, collection, out } = session;
        const groups = await client.groups.list.query({ collection: await collection() });
        out.answer(cutList(groups, limit), ({ items }) => formatGroups(out, items));
        if (groups.items.length === 0) {
          await explainEmpty(session, "There are no groups yet. Make one", "group create NAME");
        }
      }),
    );
}
