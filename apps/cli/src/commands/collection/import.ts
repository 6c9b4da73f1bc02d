import type { Command } from "commander";
import { resolve } from "node:path";
import { inSession } from "../../session.ts";
import { plural } from "../../output/plural.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareCollectionImport(parent: Command): void {
  withExample(parent.command("import"), "collection import ~/src/team-skills --name team")
    .description(
      "copy a shared collection into the home: a collection.toml, or a folder that holds one",
    )
    .argument("<path>", "the folder or the collection.toml")
    .option("--name <name>", "the name of its folder here")
    .action(
      inSession(async ({ client, out }, path: string, options: { name?: string }) => {
        const reply = await client.collections.import.mutate({ path: resolve(path), ...options });
        const { name, artifacts, groups, tags } = reply.collection;
        const counts = `${plural(artifacts, "artifact")}, ${plural(groups, "group")}, ${plural(tags, "tag")}`;
        reportSaved(out, reply, `Imported the collection "${name}": ${counts}`);
      }),
    );
}
