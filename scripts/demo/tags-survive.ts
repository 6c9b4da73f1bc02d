import { demandEqual, tagsOf } from "./organisation.ts";
import type { Stage } from "./stage.ts";

/** Defines and edits a tag, deletes the cache, refreshes: every tag is as it was. */
export function playTagsSurvive(stage: Stage): string {
  const home = stage.home("examples");
  home.skillmeat("tag", "create", "C++", "--color", "#3B82F6");
  home.skillmeat("tag", "update", "C++", "--description", 'Compiled, with "quotes" and 日本語');
  const before = tagsOf(home);
  home.deleteCache();
  home.skillmeat("refresh");
  home.skillmeat("tag", "list");
  const after = tagsOf(home);
  demandEqual(after, before, "tags");
  return `${after.length} tags are identical, with colours and descriptions`;
}
