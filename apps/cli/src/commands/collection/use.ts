import type { Command } from "commander";
import { homeOf, type GlobalOptions } from "../../globals.ts";
import { inSession } from "../../session.ts";
import { writeDefaultCollection } from "../../settings.ts";
import { withExample } from "../options.ts";

export function declareCollectionUse(parent: Command): void {
  withExample(parent.command("use"), "collection use work")
    .description("make a collection the one to work on where none is named")
    .argument("<name>", "the name of its folder")
    .action(
      inSession(async ({ client, out }, wanted: string, _options: object, command: Command) => {
        const found = await client.collections.get.query({ collection: wanted });
        await writeDefaultCollection(homeOf(command.optsWithGlobals<GlobalOptions>()), found.name);
        out.answer(found, () => "");
        out.notice(`Commands work on the collection "${found.name}" where none is named`);
      }),
    );
}
