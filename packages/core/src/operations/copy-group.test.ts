import { afterEach, beforeEach, expect, test } from "vitest";
import { groupCopyInputSchema, groupCreateInputSchema, type Group } from "../schema/group.ts";
import { copyGroup } from "./copy-group.ts";
import { createGroup, listGroups } from "./groups.ts";
import { createTestHome, type TestHome } from "./testing.ts";

let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
  await home.addCollection("work");
});
afterEach(() => home.remove());

function make(name: string, fields: object = {}): Promise<Group> {
  return createGroup(home.cache, groupCreateInputSchema.parse({ name, ...fields }));
}

function copy(group: string, to: string, as?: string): Promise<Group> {
  return copyGroup(home.cache, groupCopyInputSchema.parse({ group, to, as }));
}

async function addToWork(...ids: string[]): Promise<void> {
  await home.addArtifacts(ids, [], 2);
}

test("a copy has all that the group has, and is last in its collection", async () => {
  await home.addArtifacts(["skill:a", "skill:b"]);
  await addToWork("skill:b", "skill:a");
  await make("First", { collection: "work" });
  const original = await make("Auth", {
    description: "Sign-in",
    color: "blue",
    icon: "key",
    members: ["b", "a"],
  });
  const copied = await copy("auth", "work");
  expect(copied).toEqual({ ...original, id: copied.id, collection: "work", position: 1 });
  expect(copied.id).not.toBe(original.id);
  const { items } = await listGroups(home.cache, { collection: "work" });
  expect(items.map(({ name }) => name)).toEqual(["First", "Auth"]);
  expect((await listGroups(home.cache, { collection: "default" })).items).toEqual([original]);
});

test("members that the target lacks come as missing, in their places", async () => {
  await home.addArtifacts(["skill:a", "skill:b"]);
  await addToWork("skill:b");
  await make("G", { members: ["a", "ghost", "b"] });
  expect((await copy("G", "work")).members).toEqual([
    { ref: "a", artifactId: null },
    { ref: "ghost", artifactId: null },
    { ref: "b", artifactId: "skill:b" },
  ]);
});

test("a member never turns into another artifact of its name", async () => {
  await home.addArtifacts(["skill:pdf", "agent:x"]);
  await addToWork("agent:pdf", "agent:x", "skill:x");
  await make("G", { members: ["pdf", "x"] });
  expect((await copy("G", "work")).members).toEqual([
    { ref: "skill:pdf", artifactId: null },
    { ref: "agent:x", artifactId: "agent:x" },
  ]);
});

test("a taken name is numbered, also within one collection", async () => {
  await make("Auth");
  expect((await copy("Auth", "default")).name).toBe("Auth (Copy)");
  expect((await copy("Auth", "default")).name).toBe("Auth (Copy 2)");
  expect((await copy("Auth", "default")).name).toBe("Auth (Copy 3)");
  expect((await copy("Auth", "work")).name).toBe("Auth");
  expect((await copy("Auth (Copy)", "default")).name).toBe("Auth (Copy 4)");
  expect((await copy("Auth (Copy 2)", "default")).name).toBe("Auth (Copy 5)");
  expect((await copy("Auth (Copy 2)", "work")).name).toBe("Auth (Copy 2)");
  const long = "ü".repeat(255);
  await make(long);
  expect((await copy(long, "default")).name).toBe(`${"ü".repeat(248)} (Copy)`);
  expect((await copy(`${"ü".repeat(248)} (Copy)`, "default")).name).toBe(
    `${"ü".repeat(246)} (Copy 2)`,
  );
  await make("(Copy)");
  expect((await copy("(Copy)", "default")).name).toBe("(Copy) (Copy)");
});

test("a name that is asked for is taken as it is, or refused", async () => {
  await make("Auth");
  expect((await copy("Auth", "default", "Other")).name).toBe("Other");
  await expect(copy("Auth", "default", "OTHER")).rejects.toMatchObject({ code: "conflict" });
  await expect(copy("Auth", "default", "auth")).rejects.toMatchObject({ code: "conflict" });
});

test("what is not there is named", async () => {
  await make("Auth");
  await expect(copy("Auth", "nowhere")).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringContaining('"nowhere"'),
  });
  await expect(copy("Outh", "work")).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringContaining('in the collection "default"; did you mean "Auth"?'),
  });
});
