import type { Command } from "commander";
import { resolve } from "node:path";
import { inSession } from "../../session.ts";
import { withExample } from "../options.ts";
import { reportArrival } from "./arrival.ts";

export function declareCollectionImport(parent: Command): void {
  withExample(parent.command("import"), "collection import ~/src/team-skills --name team")
    .description(
      "copy a shared collection into the home: a collection.toml, or a folder such as a clone",
    )
    .argument("<path>", "the folder or the collection.toml")
    .option("--name <name>", "the name of its folder here")
    .action(
      inSession(async ({ client, out }, path: string, options: { name?: string }) => {
        const reply = await client.collections.import.mutate({ path: resolve(path), ...options });
        reportArrival(out, reply, `Imported the collection "${reply.collection.name}"`);
      }),
    );
}
