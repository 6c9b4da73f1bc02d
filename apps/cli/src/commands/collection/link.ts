import type { Command } from "commander";
import { resolve } from "node:path";
import { inSession } from "../../session.ts";
import { withExample } from "../options.ts";
import { reportArrival } from "./arrival.ts";

export function declareCollectionLink(parent: Command): void {
  withExample(parent.command("link"), "collection link ~/src/team-skills --name team")
    .description("use a folder as a collection where it stands, such as a git work tree")
    .argument("<path>", "the folder")
    .option("--name <name>", "the name of the collection here")
    .action(
      inSession(async ({ client, out }, path: string, options: { name?: string }) => {
        const reply = await client.collections.link.mutate({ path: resolve(path), ...options });
        const { name, path: folder } = reply.collection;
        reportArrival(out, reply, `Linked the collection "${name}" in ${folder}`);
      }),
    );
}
