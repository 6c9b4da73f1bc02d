import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveMembers } from "../cache/members.ts";
import { groupCreateInputSchema, type Group } from "../schema/group.ts";
import { createGroup, getGroup } from "./groups.ts";
import { addMembers, removeMembers, reorderMembers } from "./members.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const collection = "default";
const group = "g";
let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.remove());

async function start(...members: string[]): Promise<void> {
  await home.addArtifacts(["skill:a", "skill:b", "command:c", "agent:d"]);
  await createGroup(home.cache, groupCreateInputSchema.parse({ collection, name: group, members }));
}

function refsOf(result: Group): string[] {
  return result.members.map((member) => member.ref);
}

function current(): Promise<Group> {
  return getGroup(home.cache, { collection, group });
}

async function storedPositions(): Promise<number[]> {
  const rows = await home.cache.db
    .selectFrom("group_members")
    .select("position")
    .orderBy("position")
    .execute();
  return rows.map((row) => row.position);
}

describe("addMembers", () => {
  it("adds new ones last and leaves those that are there where they are", async () => {
    await start("a", "b");
    const result = await addMembers(home.cache, {
      collection,
      group,
      members: ["c", "A", "skill:b", "x", "X"],
    });
    expect(refsOf(result)).toEqual(["a", "b", "c", "x"]);
    expect(result.members[3]).toEqual({ ref: "x", artifactId: null });
    expect(await storedPositions()).toEqual([0, 1, 2, 3]);
  });

  it("puts them at a place, also those that are members already", async () => {
    await start("a", "b", "c", "x");
    const moved = await addMembers(home.cache, {
      collection,
      group,
      members: ["x", "d", "a"],
      at: 1,
    });
    expect(refsOf(moved)).toEqual(["b", "x", "d", "a", "c"]);
    const clamped = await addMembers(home.cache, { collection, group, members: ["b"], at: 99 });
    expect(refsOf(clamped)).toEqual(["x", "d", "a", "c", "b"]);
    expect(await storedPositions()).toEqual([0, 1, 2, 3, 4]);
  });

  it("keeps what no artifact answers to, as it was given", async () => {
    await start();
    const result = await addMembers(home.cache, {
      collection,
      group,
      members: [" Later ", "skill:no-such"],
    });
    expect(result.members).toEqual([
      { ref: "Later", artifactId: null },
      { ref: "skill:no-such", artifactId: null },
    ]);
  });

  it("knows a type of its own where a name holds a colon", async () => {
    await start();
    await home.addArtifacts(["command:git:review", "prompt:review", "skill:review"]);
    const result = await addMembers(home.cache, {
      collection,
      group,
      members: ["git:review", "PROMPT:review", "review", "prompt:git:review"],
    });
    expect(result.members).toEqual([
      { ref: "git:review", artifactId: "command:git:review" },
      { ref: "prompt:review", artifactId: "prompt:review" },
      { ref: "skill:review", artifactId: "skill:review" },
      { ref: "prompt:git:review", artifactId: null },
    ]);
  });

  it("reads a type before the colon also where no artifact of that type is meant", async () => {
    await start();
    await home.addArtifacts(["prompt:other", "command:prompt:x"]);
    const result = await addMembers(home.cache, {
      collection,
      group,
      members: ["prompt:x", "command:prompt:x"],
    });
    expect(result.members).toEqual([
      { ref: "prompt:x", artifactId: null },
      { ref: "command:prompt:x", artifactId: "command:prompt:x" },
    ]);
  });

  it("adds 10,000 to a group that has some", async () => {
    await start("a");
    const members = Array.from({ length: 10_000 }, (_, index) => `m${index}`);
    const result = await addMembers(home.cache, { collection, group, members, at: 0 });
    expect(refsOf(result)).toEqual([...members, "a"]);
    const without = await removeMembers(home.cache, { collection, group, members });
    expect(refsOf(without)).toEqual(["a"]);
  });

  it("wants a group that is there", async () => {
    await expect(
      addMembers(home.cache, { collection, group: "none", members: ["a"] }),
    ).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("removeMembers", () => {
  it("finds members by artifact and by text, ignoring case", async () => {
    await start("a", "Gone", "c", "d", "b");
    const members = ["skill:A", "gONE", "c.md", "agent:d"];
    expect(refsOf(await removeMembers(home.cache, { collection, group, members }))).toEqual(["b"]);
    expect(await storedPositions()).toEqual([0]);
  });

  it("changes nothing where one is no member, and says which", async () => {
    await start("a", "release-notes");
    const before = await home.dirtyRev();
    await expect(
      removeMembers(home.cache, { collection, group, members: ["a", "release-note"] }),
    ).rejects.toMatchObject({
      code: "not-found",
      message:
        'There is no member "release-note" of the group "g" in the collection "default"; did you mean "release-notes"?',
      hint: "skillmeat group show g",
    });
    await expect(
      removeMembers(home.cache, { collection, group, members: ["b"] }),
    ).rejects.toMatchObject({ code: "not-found" });
    expect(refsOf(await current())).toEqual(["a", "release-notes"]);
    expect(await home.dirtyRev()).toBe(before);
  });
});

describe("reorderMembers", () => {
  it("puts the named ones first and keeps the order of the others", async () => {
    await start("a", "b", "c", "x");
    const result = await reorderMembers(home.cache, {
      collection,
      group,
      members: ["X", "skill:b", "x"],
    });
    expect(refsOf(result)).toEqual(["x", "b", "a", "c"]);
    expect(await storedPositions()).toEqual([0, 1, 2, 3]);
  });

  it("changes nothing where one is no member", async () => {
    await start("a", "b");
    await expect(
      reorderMembers(home.cache, { collection, group, members: ["b", "d"] }),
    ).rejects.toMatchObject({ code: "not-found" });
    expect(refsOf(await current())).toEqual(["a", "b"]);
  });
});

describe("resolveMembers", () => {
  it("gives members the artifact that appeared, and keeps their form", async () => {
    await start("a", "later", "skill:later", "never");
    await home.addArtifacts(["skill:later"]);
    const outcome = await home.cache.transaction((tx) => resolveMembers(tx, 1));
    expect(outcome).toEqual({ resolved: 3, unresolved: 1, rewritten: 0 });
    expect((await current()).members).toEqual([
      { ref: "a", artifactId: "skill:a" },
      { ref: "later", artifactId: "skill:later" },
      { ref: "skill:later", artifactId: "skill:later" },
      { ref: "never", artifactId: null },
    ]);
  });

  it("writes out a plain name that became ambiguous, of the artifact that it meant", async () => {
    await start("a", "c", "skill:b");
    await home.addArtifacts(["command:a", "skill:c", "command:b"]);
    const outcome = await home.cache.transaction((tx) => resolveMembers(tx, 1));
    expect(outcome).toEqual({ resolved: 3, unresolved: 0, rewritten: 3 });
    expect((await current()).members).toEqual([
      { ref: "skill:a", artifactId: "skill:a" },
      { ref: "command:c", artifactId: "command:c" },
      { ref: "skill:b", artifactId: "skill:b" },
    ]);
    const again = await home.cache.transaction((tx) => resolveMembers(tx, 1));
    expect(again).toEqual({ resolved: 3, unresolved: 0, rewritten: 0 });
  });

  it("resolves 10,000 at once", async () => {
    const refs = Array.from({ length: 10_000 }, (_, index) => `m${index}`);
    await start(...refs);
    await home.addArtifacts(refs.map((ref) => `skill:${ref}`));
    const outcome = await home.cache.transaction((tx) => resolveMembers(tx, 1));
    expect(outcome).toEqual({ resolved: 10_000, unresolved: 0, rewritten: 0 });
    expect((await current()).members.at(-1)).toEqual({ ref: "m9999", artifactId: "skill:m9999" });
  });

  it("keeps a member whose artifact went, until one comes again", async () => {
    await start("a", "b");
    await home.cache.db.deleteFrom("artifacts").where("name", "=", "a").execute();
    expect((await current()).members[0]).toEqual({ ref: "a", artifactId: null });
    await home.addArtifacts(["skill:a"]);
    await home.cache.transaction((tx) => resolveMembers(tx, 1));
    expect((await current()).members[0]).toEqual({ ref: "a", artifactId: "skill:a" });
  });
});
