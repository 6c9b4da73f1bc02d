import { cpSync } from "node:fs";
import { countMembers, demandEqual, groupsOf, tagsOf } from "./organisation.ts";
import type { Stage } from "./stage.ts";

/** Shares a collection's folder: the first command on another machine shows all of it. */
export function playNewMachine(stage: Stage): string {
  const mine = stage.home("examples");
  mine.skillmeat("tag", "create", "shared", "--color", "#8B5CF6", "--description", "For the team");
  mine.skillmeat("group", "create", "Team", "--color", "amber", "--member", "not-here-yet");
  const yours = stage.home("empty");
  stage.act("$ git push; on the other machine: git clone");
  cpSync(mine.collection(), yours.collection(), { recursive: true });
  yours.skillmeat("group", "list");
  yours.skillmeat("tag", "list");
  const groups = groupsOf(yours);
  const tags = tagsOf(yours);
  demandEqual(groups, groupsOf(mine), "groups");
  demandEqual(tags, tagsOf(mine), "tags");
  return `${groups.length} groups, ${countMembers(groups)} members and ${tags.length} tags came along`;
}
