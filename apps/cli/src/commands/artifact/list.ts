import { Option, type Command } from "commander";
import { inSession } from "../../session.ts";
import { formatArtifacts } from "../../views/artifact.ts";
import { explainEmpty, readAll } from "../listing.ts";
import { positiveNumber, withExample } from "../options.ts";

interface Options {
  type?: string;
  tag?: string;
  group?: string;
  ungrouped?: true;
  search?: string;
  sort?: "name" | "type";
  limit?: number;
}

export function declareArtifactList(artifact: Command): void {
  withExample(artifact.command("list"), "artifact list --type skill --tag backend")
    .description("list the artifacts")
    .option("--type <type>", "of this type: skill, command, agent, hook, mcp, workflow, …")
    .option("--tag <slug>", "that carry this tag")
    .option("--group <name>", "that are in this group")
    .option("--ungrouped", "that are in no group")
    .option("--search <text>", "whose name, title, description or tags hold this text")
    .addOption(new Option("--sort <by>", "sort them by name or by type").choices(["name", "type"]))
    .option("--limit <n>", "list this many at most", positiveNumber)
    .action(
      inSession(async (session, options: Options) => {
        const { client, collection, out } = session;
        const { limit, sort, ...filters } = options;
        const input = { collection: await collection(), sort, ...filters };
        const list = await readAll(
          (page) => client.artifacts.list.query({ ...input, ...page }),
          limit,
        );
        out.answer(list, ({ items }) => formatArtifacts(out, items));
        if (list.items.length > 0) return;
        if (Object.keys(filters).length > 0) out.notice("No artifact matches");
        else {
          const nothing = "There are no artifacts yet. Add some";
          await explainEmpty(session, nothing, "artifact add PATH");
        }
      }),
    );
}
