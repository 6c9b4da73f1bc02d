import type { RouterInputs } from "@skillmeat/client";
import { Option, type Command } from "commander";
import { resolve } from "node:path";
import { inSession } from "../../session.ts";
import { plural } from "../../output/plural.ts";
import { withExample } from "../options.ts";

type Input = RouterInputs["artifacts"]["add"];
type Options = Pick<Input, "type" | "name" | "dryRun">;

/** The types that an artifact can be added as; the procedure's schema has the last word. */
const TYPES = ["skill", "command", "agent", "hook", "mcp", "workflow"] satisfies Input["type"][];

export function declareArtifactAdd(artifact: Command): void {
  withExample(
    artifact.command("add"),
    "artifact add ~/src/skills --dry-run",
    "artifact add review.md --type command",
  )
    .description(
      "copy artifacts into the collection: a file, a folder, or all that are found below one",
    )
    .argument("<path...>", "files and folders")
    .addOption(
      new Option("--type <type>", "what a file is, where its folder does not say").choices(TYPES),
    )
    .option("--name <name>", "the name to give it; for one artifact only")
    .option("--dry-run", "list what would be added, and add nothing")
    .action(
      inSession(async ({ client, collection, out }, paths: string[], options: Options) => {
        const reply = await client.artifacts.add.mutate({
          collection: await collection(),
          paths: paths.map((path) => resolve(path)),
          ...options,
        });
        const dryRun = options.dryRun === true;
        out.answer(reply, ({ found, artifacts }) =>
          out.table(dryRun ? found : found.filter(({ id }) => artifacts.some((a) => a.id === id)), [
            { heading: "ID", cell: ({ id }) => id },
            { heading: "FROM", cell: ({ from }) => from },
          ]),
        );
        for (const { from, reason } of reply.skipped) out.warn(`Skipped ${from}: ${reason}`);
        if (dryRun) out.notice(`${plural(reply.found.length, "artifact")} would be added`);
        else {
          out.notice(`Added ${plural(reply.artifacts.length, "artifact")}`);
          if (!reply.saved) out.warnUnsaved(reply.reason);
        }
      }),
    );
}
