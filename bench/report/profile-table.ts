import type { Profile } from "../profile/sampled.ts";
import { PARTS } from "../profile/where.ts";
import { showAmount } from "./figures.ts";

/** Profiles as a table in Markdown, a row each; parts that nothing goes to are left out. */
export function profileTable(profiles: readonly Profile[]): string {
  const parts = PARTS.filter((part) => profiles.some((profile) => timeOf(profile, part) > 0));
  const rows = [
    ["One", "median", ...parts, "n"],
    ["---", ...parts.map(() => "---"), "---", "---"],
    ...profiles.map((profile) => [
      profile.what,
      showAmount(profile.median, "ms"),
      ...parts.map((part) => amount(timeOf(profile, part), profile)),
      String(profile.n),
    ]),
  ];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function timeOf({ parts }: Profile, wanted: string): number {
  return parts.find(({ part }) => part === wanted)?.ms ?? 0;
}

/** Of one; nothing where it is less than half a percent of the whole. */
function amount(ms: number, { parts }: Profile): string {
  const whole = parts.reduce((sum, part) => sum + part.ms, 0);
  return ms * 200 < whole ? "" : showAmount(ms, "ms");
}
