import type { Command } from "commander";
import { inSession } from "../../session.ts";
import { formatArtifact } from "../../views/artifact.ts";
import { withExample } from "../options.ts";

export function declareArtifactShow(artifact: Command): void {
  withExample(artifact.command("show"), "artifact show skill:pdf")
    .description("show an artifact")
    .argument("<id>", "its type:name, or its name")
    .action(
      inSession(async ({ client, collection, out }, id: string) => {
        const found = await client.artifacts.get.query({ collection: await collection(), id });
        out.answer(found, (value) => formatArtifact(out, value));
      }),
    );
}
