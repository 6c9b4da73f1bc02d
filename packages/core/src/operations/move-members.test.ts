import { afterEach, beforeEach, expect, test } from "vitest";
import { groupCreateInputSchema, type Group } from "../schema/group.ts";
import { createGroup, listGroups } from "./groups.ts";
import { moveMembers } from "./move-members.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const collection = "default";
let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
  await home.addArtifacts(["skill:a", "skill:b", "command:c", "agent:d"]);
  await group("One", "a", "gone", "c");
  await group("Two", "d", "a");
});
afterEach(() => home.remove());

async function group(name: string, ...members: string[]): Promise<void> {
  await createGroup(home.cache, groupCreateInputSchema.parse({ collection, name, members }));
}

function refs({ members }: Group): string[] {
  return members.map(({ ref }) => ref);
}

async function all(): Promise<string[][]> {
  const { items } = await listGroups(home.cache, { collection });
  return items.map(refs);
}

test("members go from one group to a place in another, as one change", async () => {
  const before = await home.dirtyRev();
  const moved = await moveMembers(home.cache, {
    collection,
    group: "one",
    to: "Two",
    members: ["command:c", "GONE"],
    at: 1,
  });
  expect([refs(moved.from), refs(moved.to)]).toEqual([["a"], ["d", "c", "gone", "a"]]);
  expect(moved.to.members[2]).toEqual({ ref: "gone", artifactId: null });
  expect(await all()).toEqual([["a"], ["d", "c", "gone", "a"]]);
  expect(await home.dirtyRev()).toBe(before + 1);
});

test("what the other group has already moves to the place, or stays where none is given", async () => {
  await moveMembers(home.cache, { collection, group: "One", to: "Two", members: ["a"] });
  expect(await all()).toEqual([
    ["gone", "c"],
    ["d", "a"],
  ]);
  await moveMembers(home.cache, { collection, group: "Two", to: "One", members: ["a"], at: 0 });
  expect(await all()).toEqual([["a", "gone", "c"], ["d"]]);
});

test("what is not there, and a group that both would be, are refused, and nothing is changed", async () => {
  const before = await all();
  const move = (from: string, to: string, ...members: string[]) =>
    moveMembers(home.cache, { collection, group: from, to, members });
  await expect(move("One", "Two", "a", "d")).rejects.toMatchObject({ code: "not-found" });
  await expect(move("One", "Three", "a")).rejects.toMatchObject({ code: "not-found" });
  await expect(move("One", "one", "a")).rejects.toMatchObject({ code: "invalid-input" });
  expect(await all()).toEqual(before);
});
