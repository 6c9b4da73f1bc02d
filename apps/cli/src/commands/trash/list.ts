import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatTrash } from "../../views/trash.ts";
import { cutList } from "../listing.ts";
import { positiveNumber, withExample } from "../options.ts";

export function declareTrashList(trash: Command): void {
  withExample(trash.command("list"), "trash list")
    .description("list what was removed, the newest first; of every collection where none is named")
    .option("--limit <n>", "list this many at most", positiveNumber)
    .action(
      inSession(async ({ client, named, out }, { limit }: { limit?: number }) => {
        const items = await client.trash.list.query({ collection: named });
        out.answer(cutList(items, limit), (list) => formatTrash(out, list.items));
        if (items.items.length === 0) out.notice("The trash is empty");
      }),
    );
}
