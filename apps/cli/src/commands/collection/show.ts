import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatCollection } from "../../views/collection.ts";
import { withExample } from "../options.ts";

export function declareCollectionShow(parent: Command): void {
  withExample(parent.command("show"), "collection show --collection work")
    .description("show a collection: where it lies and what it holds")
    .action(
      inSession(async ({ client, collection, out }) => {
        const found = await client.collections.get.query({ collection: await collection() });
        out.answer(found, (value) => formatCollection(out, value));
      }),
    );
}
