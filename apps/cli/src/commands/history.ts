import type { Command } from "commander";
import { inSession } from "../session.ts";
import { formatChanges } from "../views/history.ts";
import { readAll } from "./listing.ts";
import { positiveNumber, withExample } from "./options.ts";

/** The most changes that a page may have, as the procedure's input has it. */
const LARGEST_PAGE = 200;

export function declareHistory(program: Command): void {
  withExample(program.command("history"), "history --limit 5")
    .description("list what was done to a collection, the newest first")
    .option("--limit <n>", "list this many at most", positiveNumber)
    .action(
      inSession(async ({ client, collection, out }, { limit }: { limit?: number }) => {
        const name = await collection();
        const changes = await readAll(
          (page) =>
            client.history.list.query({
              collection: name,
              limit: Math.min(page.limit, LARGEST_PAGE),
              cursor: page.cursor,
            }),
          limit,
        );
        out.answer(changes, ({ items }) => formatChanges(out, items));
        if (changes.items.length === 0) out.notice("Nothing was done yet that is remembered");
      }),
    );
}
