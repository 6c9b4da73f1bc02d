import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatArtifacts } from "../../views/artifact.ts";
import { explainEmpty, readAll } from "../listing.ts";
import { positiveNumber, withExample } from "../options.ts";

interface Options {
  type?: string;
  tag?: string;
  group?: string;
  search?: string;
  limit?: number;
}

export function declareArtifactList(artifact: Command): void {
  withExample(artifact.command("list"), "artifact list --type skill --tag backend")
    .description("list the artifacts by name")
    .option("--type <type>", "of this type: skill, command, agent, hook, mcp, workflow, …")
    .option("--tag <slug>", "that carry this tag")
    .option("--group <name>", "that are in this group")
    .option("--search <text>", "whose name, title, description or tags hold this text")
    .option("--limit <n>", "list this many at most", positiveNumber)
    .action(
      inSession(async (session, options: Options) => {
        const { client, collection, out } = session;
        const { limit, ...filters } = options;
        const input = { collection: await collection(), ...filters };
        const list = await readAll(
          (page) => client.artifacts.list.query({ ...input, ...page }),
          limit,
        );
        out.answer(list, ({ items }) => formatArtifacts(out, items));
        if (list.items.length > 0) return;
        if (Object.keys(filters).length > 0) out.notice("No artifact matches");
        else {
          const nothing = "There are no artifacts yet. Add some: skillmeat artifact add PATH";
          await explainEmpty(session, nothing);
        }
      }),
    );
}
