import { isDeepStrictEqual } from "node:util";
import type { DemoHome } from "./stage.ts";

type Row = Record<string, unknown>;

/** All groups of a home as the command line prints them, but for their ids, which each cache makes anew. */
export function groupsOf(home: DemoHome): Row[] {
  return itemsOf(home.ask("group", "list")).map(({ id: _id, ...group }) => group);
}

/** All tags of a home as the command line prints them. */
export function tagsOf(home: DemoHome): Row[] {
  return itemsOf(home.ask("tag", "list"));
}

/** The ids of the artifacts of a home. */
export function artifactIdsOf(home: DemoHome): string[] {
  return itemsOf(home.ask("artifact", "list")).map(({ id }) => String(id));
}

/** How many members all groups have together. */
export function countMembers(groups: readonly Row[]): number {
  return groups.flatMap(({ members }) => (Array.isArray(members) ? members : [])).length;
}

/** @throws Error that names what differs */
export function demandEqual(actual: readonly Row[], expected: readonly Row[], what: string): void {
  if (expected.length === 0) throw new Error(`there were no ${what} to begin with`);
  if (isDeepStrictEqual(actual, expected)) return;
  const before = JSON.stringify(expected);
  throw new Error(
    `the ${what} differ.\n    Before: ${before}\n    After:  ${JSON.stringify(actual)}`,
  );
}

function itemsOf(answer: unknown): Row[] {
  if (typeof answer !== "object" || answer === null || !("items" in answer)) return [];
  return Array.isArray(answer.items) ? answer.items.filter(isRow) : [];
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
