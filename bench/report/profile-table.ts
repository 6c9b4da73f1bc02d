import type { MutationProfile } from "../profile/mutation-profile.ts";
import { PARTS } from "../profile/where.ts";
import { showAmount } from "./figures.ts";

/** Profiles as a table in Markdown, a column each. */
export function profileTable(profiles: readonly MutationProfile[]): string {
  const rows = [
    ["One durable mutation", ...profiles.map(({ size }) => size)],
    ["---", ...profiles.map(() => "---")],
    ...PARTS.map((part) => [
      part,
      ...profiles.map(({ parts }) =>
        showAmount(parts.find((one) => one.part === part)?.ms ?? 0, "ms"),
      ),
    ]),
    ["**median of the whole**", ...profiles.map(({ mutation }) => showAmount(mutation, "ms"))],
    ["median of the floor", ...profiles.map(({ floor }) => showAmount(floor, "ms"))],
    ["sampled", ...profiles.map(({ n }) => String(n))],
  ];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}
