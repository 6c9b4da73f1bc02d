import { artifactIdsOf, countMembers, demandEqual, groupsOf } from "./organisation.ts";
import type { Stage } from "./stage.ts";

/** Makes a group, deletes the cache, refreshes: every group is as it was, members in order. */
export function playGroupsSurvive(stage: Stage): string {
  const home = stage.home("examples");
  const members = artifactIdsOf(home).slice(0, 3).toReversed();
  home.skillmeat(
    ...["group", "create", "Favourites", "--color", "#10B981", "--icon", "star"],
    ...members.flatMap((member) => ["--member", member]),
  );
  home.skillmeat("group", "list");
  const before = groupsOf(home);
  home.deleteCache();
  home.skillmeat("refresh");
  home.skillmeat("group", "list");
  const after = groupsOf(home);
  demandEqual(after, before, "groups");
  return `${after.length} groups with ${countMembers(after)} members are identical, in order`;
}
