import type { RouterOutputs } from "@skillmeat/client";
import type { Command } from "commander";
import { CliError } from "../../failure.ts";
import { plural } from "../../output/plural.ts";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

interface Options {
  yes?: true;
  force?: true;
}

export function declareCollectionDelete(parent: Command): void {
  withExample(parent.command("delete"), "collection delete work --yes")
    .description(
      "delete a collection; its folder goes to the trash, and that of a linked one stays where it is",
    )
    .argument("<name>", "the name of its folder")
    .option("--yes", "do it; without this nothing is deleted")
    .option("--force", "delete it even if something is not in its manifest yet, which is then lost")
    .action(
      inSession(async ({ client, collection, out }, name: string, { yes, force }: Options) => {
        if (yes !== true) {
          throw unconfirmed(await client.collections.get.query({ collection: name }));
        }
        const usual = await collection();
        const reply = await client.collections.delete.mutate({ collection: name, force });
        reportSaved(out, reply, doneText(reply));
        if (usual === reply.collection.name) {
          out.notice("It was the one to work on. Choose another: skillmeat collection use NAME");
        }
      }),
    );
}

function doneText({ collection, trash }: RouterOutputs["collections"]["delete"]): string {
  const { name, linked, path } = collection;
  if (linked) return `Unlinked the collection "${name}"; its files stay in ${path}`;
  const folder = trash === null ? "it had no folder" : `it lies in ${trash} now`;
  return `Deleted the collection "${name}"; ${folder}`;
}

function unconfirmed({
  name,
  artifacts,
  groups,
  tags,
  path,
  linked,
}: RouterOutputs["collections"]["get"]): CliError {
  const counts = `${plural(artifacts, "artifact")}, ${plural(groups, "group")}, ${plural(tags, "tag")}`;
  return new CliError(
    "invalid-input",
    linked
      ? `Nothing was unlinked. This would unlink the collection "${name}" (${counts}); its files stay in ${path}`
      : `Nothing was deleted. This would move the collection "${name}" (${counts}) from ${path} to the trash`,
    `skillmeat collection delete ${name} --yes`,
  );
}
