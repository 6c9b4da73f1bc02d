import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { reportSaved } from "../mutation.ts";
import { withExample } from "../options.ts";

export function declareArtifactUntag(artifact: Command): void {
  withExample(artifact.command("untag"), "artifact untag skill:pdf office")
    .description("take tags off an artifact")
    .argument("<id>", "its type:name, or its name")
    .argument("<slug...>", "tags, by slug or name")
    .action(
      inSession(async ({ client, collection, out }, id: string, remove: string[]) => {
        const reply = await client.artifacts.setTags.mutate({
          collection: await collection(),
          id,
          remove,
        });
        const tags = reply.artifact.tags.join(", ");
        reportSaved(
          out,
          reply,
          `${reply.artifact.id} carries ${tags === "" ? "no tags" : `now: ${tags}`}`,
        );
      }),
    );
}
