import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareArtifactTag(artifact: Command): void {
  withExample(artifact.command("tag"), "artifact tag skill:pdf documents office")
    .description("put tags on an artifact")
    .argument("<id>", "its type:name, or its name")
    .argument("<slug...>", "tags, by slug or name")
    .action(
      inSession(async ({ client, collection, out }, id: string, add: string[]) => {
        const reply = await client.artifacts.setTags.mutate({
          collection: await collection(),
          id,
          add,
        });
        reportSaved(out, reply, `${reply.artifact.id} carries: ${reply.artifact.tags.join(", ")}`);
      }),
    );
}
