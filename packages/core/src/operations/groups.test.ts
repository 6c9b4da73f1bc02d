import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  groupCreateInputSchema,
  groupUpdateInputSchema,
  type Group,
  type GroupCreateInput,
} from "../schema/group.ts";
import {
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  reorderGroups,
  updateGroup,
} from "./groups.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const collection = "default";
let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.remove());

function create(name: string, fields: Partial<GroupCreateInput> = {}): Promise<Group> {
  return createGroup(home.cache, groupCreateInputSchema.parse({ collection, name, ...fields }));
}

function update(group: string, fields: object): Promise<Group> {
  return updateGroup(home.cache, groupUpdateInputSchema.parse({ collection, group, ...fields }));
}

/** The names in order, after a look that positions run from 0 without a gap. */
async function order(): Promise<string[]> {
  const { items } = await listGroups(home.cache, { collection });
  expect(items.map((group) => group.position)).toEqual(items.map((_, index) => index));
  return items.map((group) => group.name);
}

describe("createGroup", () => {
  it("keeps every field and resolves the members", async () => {
    await home.addArtifacts(["skill:pdf", "command:pdf", "agent:reviewer"]);
    const made = await create("Docs", {
      description: "Two\nlines",
      color: "#10B981",
      icon: "book-open",
      members: ["Reviewer.md", "pdf", "command:pdf", "gone", "REVIEWER"],
    });
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      collection,
      name: "Docs",
      description: "Two\nlines",
      color: "#10B981",
      icon: "book-open",
      position: 0,
      members: [
        { ref: "reviewer", artifactId: "agent:reviewer" },
        { ref: "skill:pdf", artifactId: "skill:pdf" },
        { ref: "command:pdf", artifactId: "command:pdf" },
        { ref: "gone", artifactId: null },
      ],
    });
    expect(await getGroup(home.cache, { collection, group: made.id })).toEqual(made);
    expect(await home.dirtyRev()).toBe(1);
  });

  it("puts a group last, or at its position, which is clamped", async () => {
    await create("a");
    await create("b");
    await create("first", { position: 0 });
    await create("middle", { position: 2 });
    const far = await create("far", { position: 99 });
    expect(await order()).toEqual(["first", "a", "middle", "b", "far"]);
    expect(far.position).toBe(4);
  });

  it("refuses a name that is taken, ignoring case and composition, and changes nothing", async () => {
    await create("Café");
    await expect(create("CAFE\u0301")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining('"Café"'),
      hint: "skillmeat group show 'Café'",
    });
    expect(await order()).toEqual(["Café"]);
    expect(await home.dirtyRev()).toBe(1);
  });

  it("keeps the groups of two collections apart", async () => {
    await home.addCollection("other");
    await create("same");
    const input = groupCreateInputSchema.parse({ collection: "other", name: "same" });
    expect(await createGroup(home.cache, input)).toMatchObject({
      collection: "other",
      position: 0,
    });
    expect(await order()).toEqual(["same"]);
  });

  it("names the collections that there are where one is not", async () => {
    const input = groupCreateInputSchema.parse({ collection: "nope", name: "a" });
    await expect(createGroup(home.cache, input)).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining("default"),
    });
  });

  it("takes 10,000 members at once", async () => {
    const refs = Array.from({ length: 10_000 }, (_, index) => `skill-${index}`);
    await home.addArtifacts(refs.slice(0, 5_000).map((ref) => `skill:${ref}`));
    const { members } = await create("big", { members: refs });
    expect(members.map((member) => member.ref)).toEqual(refs);
    expect(members.filter((member) => member.artifactId === null)).toHaveLength(5_000);
  });
});

describe("getGroup", () => {
  it("finds a group by id and by name, ignoring case", async () => {
    const made = await create("Authentication");
    for (const group of [made.id, made.id.toUpperCase(), "authentication", " AUTHENTICATION "]) {
      expect(await getGroup(home.cache, { collection, group })).toEqual(made);
    }
  });

  it("says which name may have been meant", async () => {
    await create("Authentication");
    await expect(
      getGroup(home.cache, { collection, group: "authentification" }),
    ).rejects.toMatchObject({
      code: "not-found",
      message:
        'There is no group "authentification" in the collection "default"; did you mean "Authentication"?',
      hint: "skillmeat group list",
    });
    await expect(getGroup(home.cache, { collection, group: "x".repeat(1e6) })).rejects.toThrow(
      /^There is no group "x{80}…"/,
    );
  });
});

describe("updateGroup", () => {
  it("changes the fields that are given alone", async () => {
    const made = await create("a", { description: "d", color: "blue", icon: "shield" });
    expect(await update("A", { description: "", color: "#fff" })).toEqual({
      ...made,
      description: "",
      color: "#fff",
    });
    expect(await update("a", { name: "A" })).toMatchObject({
      id: made.id,
      name: "A",
      icon: "shield",
    });
  });

  it("moves a group by its position", async () => {
    for (const name of ["a", "b", "c", "d"]) await create(name);
    await update("a", { position: 2 });
    expect(await order()).toEqual(["b", "c", "a", "d"]);
    await update("d", { position: 0 });
    expect(await order()).toEqual(["d", "b", "c", "a"]);
    expect(await update("d", { position: 50 })).toMatchObject({ position: 3 });
    expect(await order()).toEqual(["b", "c", "a", "d"]);
  });

  it("refuses another group's name and a group that is not there", async () => {
    await create("a");
    await create("b");
    await expect(update("b", { name: "A", color: "rose" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await getGroup(home.cache, { collection, group: "b" })).toMatchObject({ color: "" });
    await expect(update("c", { name: "d" })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("deleteGroup", () => {
  it("gives the group as it was and closes the gap", async () => {
    await create("a");
    const made = await create("b", { members: ["x"] });
    await create("c");
    expect(await deleteGroup(home.cache, { collection, group: "B" })).toEqual(made);
    expect(await order()).toEqual(["a", "c"]);
    await expect(deleteGroup(home.cache, { collection, group: "b" })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("reorderGroups", () => {
  it("puts the named ones first and keeps the order of the others", async () => {
    for (const name of ["a", "b", "c", "d"]) await create(name);
    const b = await getGroup(home.cache, { collection, group: "b" });
    const groups = await reorderGroups(home.cache, { collection, groups: ["D", b.id, "d"] });
    expect(groups.map((group) => group.name)).toEqual(["d", "b", "a", "c"]);
    expect(await order()).toEqual(["d", "b", "a", "c"]);
  });

  it("moves nothing where one is not there", async () => {
    for (const name of ["a", "b"]) await create(name);
    await expect(
      reorderGroups(home.cache, { collection, groups: ["b", "nope"] }),
    ).rejects.toMatchObject({ code: "not-found" });
    expect(await order()).toEqual(["a", "b"]);
  });
});

it("lists 300 groups with their members, in order", async () => {
  await home.addArtifacts(["skill:one"]);
  for (let index = 0; index < 300; index += 1) {
    await create(`group ${index}`, { members: ["one", `gone ${index}`] });
  }
  const { items, nextCursor } = await listGroups(home.cache, { collection });
  expect(nextCursor).toBeNull();
  expect(items).toHaveLength(300);
  expect(items[299]?.members).toEqual([
    { ref: "one", artifactId: "skill:one" },
    { ref: "gone 299", artifactId: null },
  ]);
});
