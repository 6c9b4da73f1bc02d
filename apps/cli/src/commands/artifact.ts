import type { Command } from "commander";
import { declareArtifactAdd } from "./artifact/add.ts";
import { declareArtifactList } from "./artifact/list.ts";
import { declareArtifactRemove } from "./artifact/remove.ts";
import { declareArtifactShow } from "./artifact/show.ts";
import { declareArtifactTag } from "./artifact/tag.ts";
import { declareArtifactUntag } from "./artifact/untag.ts";

export function declareArtifact(program: Command): void {
  const artifact = program
    .command("artifact")
    .description("skills, commands, agents, hooks, MCP servers and workflows");
  declareArtifactList(artifact);
  declareArtifactShow(artifact);
  declareArtifactAdd(artifact);
  declareArtifactRemove(artifact);
  declareArtifactTag(artifact);
  declareArtifactUntag(artifact);
}
