import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareArtifactRemove(artifact: Command): void {
  withExample(artifact.command("remove"), "artifact remove skill:pdf")
    .description("remove an artifact and take it out of its groups; its files go to the trash")
    .argument("<id>", "its type:name, or its name")
    .action(
      inSession(async ({ client, collection, out }, id: string) => {
        const reply = await client.artifacts.remove.mutate({ collection: await collection(), id });
        const files = reply.trash === null ? "no file was moved" : `it lies in ${reply.trash} now`;
        reportSaved(out, reply, `Removed ${reply.artifact.id}; ${files}`);
      }),
    );
}
