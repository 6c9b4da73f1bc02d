import type { RouterOutputs } from "@skillmeat/client";
import type { Output } from "../../output/output.ts";
import { plural } from "../../output/plural.ts";
import { reportSaved } from "../mutation.ts";

/** So many missing members are named; `status` has them all. */
const NAMED = 5;

/** Prints what came in with a collection: counted, what is wrong with it, and which members are missing. */
export function reportArrival(
  out: Output,
  reply: RouterOutputs["collections"]["import" | "link"],
  what: string,
): void {
  const { collection, report } = reply;
  const { name, artifacts, groups, tags } = collection;
  const counts = `${plural(artifacts, "artifact")}, ${plural(groups, "group")}, ${plural(tags, "tag")}`;
  reportSaved(out, reply, `${what}: ${counts}`);
  if (report === null) return;
  if (report.groups.skipped === "manifest-missing") {
    out.notice("It has no collection.toml yet; the first change makes it");
  }
  out.problems(name, report.problems);
  const missing = report.unresolvedMembers.map(({ group, ref }) => `${ref} (${group})`);
  if (missing.length > 0) out.notice(missingText(missing));
}

function missingText(missing: readonly string[]): string {
  const named = missing.slice(0, NAMED).join(", ");
  const rest = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : "";
  const verb = missing.length === 1 ? "is" : "are";
  return `${plural(missing.length, "member")} ${verb} missing: ${named}${rest}`;
}
