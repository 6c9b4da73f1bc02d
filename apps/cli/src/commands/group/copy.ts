import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

interface Options {
  to: string;
  as?: string;
}

export function declareGroupCopy(group: Command): void {
  withExample(group.command("copy"), "group copy Authentication --to work")
    .description("copy a group with its members, to another collection or to the same one")
    .argument("<name>", "the group's name or id")
    .requiredOption("--to <collection>", "the collection that the copy goes to")
    .option("--as <name>", 'the copy\'s name; else the same one, with "(Copy)" where it is taken')
    .action(
      inSession(async ({ client, collection, out }, name: string, options: Options) => {
        const reply = await client.groups.copy.mutate({
          collection: await collection(),
          group: name,
          ...options,
        });
        const { group: copy } = reply;
        reportSaved(
          out,
          reply,
          `Copied it to the collection "${copy.collection}" as "${copy.name}"`,
        );
        const missing = copy.members.filter(({ artifactId }) => artifactId === null);
        if (missing.length > 0) {
          const refs = missing.map(({ ref }) => ref).join(", ");
          out.notice(`The collection "${copy.collection}" does not have: ${refs}`);
        }
      }),
    );
}
