import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tellChanges } from "../cache/tell-changes.ts";
import { addArtifacts } from "../operations/add-artifacts.ts";
import { getArtifact, listArtifacts } from "../operations/artifacts.ts";
import { getCollection, updateCollection } from "../operations/collections.ts";
import {
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  reorderGroups,
  updateGroup,
} from "../operations/groups.ts";
import { addMembers, removeMembers } from "../operations/members.ts";
import { removeArtifact } from "../operations/remove-artifact.ts";
import { setArtifactTags } from "../operations/set-tags.ts";
import { createTag, deleteTag, listTags, updateTag } from "../operations/tags.ts";
import { createTestHome, type TestHome } from "../operations/testing.ts";
import {
  artifactAddInputSchema,
  artifactSetTagsInputSchema,
  groupCreateInputSchema,
  tagCreateInputSchema,
} from "../schema/index.ts";
import { listChanges } from "./list-changes.ts";
import { undoChange } from "./undo.ts";

const collection = "default";
let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.remove());

const at = (...parts: string[]) => join(home.root, "collections", "default", ...parts);
const undo = (id?: number) => undoChange(home.cache, { collection, id });
const addGroup = (name: string, ...members: string[]) =>
  createGroup(home.cache, groupCreateInputSchema.parse({ name, members }));
const names = async () => (await groups()).map(({ name }) => name);

async function groups() {
  return (await listGroups(home.cache, { collection })).items;
}

/** The changes, the newest first: their summaries. */
async function summaries(): Promise<string[]> {
  const { items } = await listChanges(home.cache, { collection, limit: 200 });
  return items.map(({ summary }) => summary);
}

/** All that is curated. */
async function curation() {
  return {
    groups: await groups(),
    tags: (await listTags(home.cache, { collection })).items,
    artifacts: (await listArtifacts(home.cache, { collection, limit: 1000 })).items,
  };
}

/** Makes an artifact's folder and its row, as if it had been found. */
async function addSkill(name: string, frontmatter: readonly string[] = []): Promise<void> {
  const text = `---\ntags: [${frontmatter.join(", ")}]\n---\nDo it\n`;
  home.write(`collections/default/skills/${name}/SKILL.md`, text);
  await home.addArtifacts([`skill:${name}`], frontmatter);
}

test("undo walks back from the newest change, and an undone undo does it again", async () => {
  await addGroup("A");
  await updateGroup(home.cache, { collection, group: "A", name: "B" });
  await addGroup("C");
  expect(await undo()).toMatchObject({ summary: 'Created the group "C"', undoneBy: 4 });
  expect(await undo()).toMatchObject({ summary: 'Renamed the group "A" to "B"', undoneBy: 5 });
  expect(await names()).toEqual(["A"]);
  expect(await undo(5)).toMatchObject({ id: 5, undoes: 2, undoneBy: 6 });
  expect(await names()).toEqual(["B"]);
  const { items } = await listChanges(home.cache, { collection, limit: 200 });
  expect(
    items.map(({ id, summary, undoneBy, undoable }) => [id, summary, undoneBy, undoable]),
  ).toEqual([
    [6, 'Redid: Renamed the group "A" to "B"', null, true],
    [5, 'Undid: Renamed the group "A" to "B"', 6, false],
    [4, 'Undid: Created the group "C"', null, true],
    [3, 'Created the group "C"', 4, false],
    [2, 'Renamed the group "A" to "B"', null, true],
    [1, 'Created the group "A"', null, true],
  ]);
  await undo(6);
  expect(await names()).toEqual(["A"]);
  await undo();
  expect(await names()).toEqual([]);
  await expect(undo()).rejects.toMatchObject({ code: "not-found" });
});

test("a list of changes comes in pages", async () => {
  for (const name of ["A", "B", "C"]) await addGroup(name);
  const first = await listChanges(home.cache, { collection, limit: 2 });
  expect(first).toMatchObject({ items: [{ id: 3 }, { id: 2 }], nextCursor: "2" });
  const rest = await listChanges(home.cache, { collection, limit: 2, cursor: "2" });
  expect(rest).toMatchObject({ items: [{ id: 1 }], nextCursor: null });
});

test("a deleted group comes back in its place, with its id, members and their order", async () => {
  await home.addArtifacts(["skill:a", "skill:b"]);
  for (const name of ["X", "Y", "Z"]) await addGroup(name, "b", "ghost", "a");
  const before = await groups();
  await deleteGroup(home.cache, { collection, group: "Y" });
  await undo();
  expect(await groups()).toEqual(before);
});

test("what later changes did elsewhere stays", async () => {
  await home.addArtifacts(["skill:a", "skill:b", "skill:c"]);
  await addGroup("G", "a");
  await updateGroup(home.cache, { collection, group: "G", name: "Renamed", color: "blue" });
  await addMembers(home.cache, { collection, group: "Renamed", members: ["b"] });
  await updateGroup(home.cache, { collection, group: "Renamed", description: "More" });
  await removeMembers(home.cache, { collection, group: "Renamed", members: ["a"] });
  await undo(2);
  expect(await getGroup(home.cache, { collection, group: "G" })).toMatchObject({
    color: "",
    description: "More",
    members: [{ ref: "b" }],
  });
  await undo(3);
  expect((await getGroup(home.cache, { collection, group: "G" })).members).toEqual([]);
});

test("later changes of the same stand in the way, and are named; nothing is changed", async () => {
  await addGroup("G");
  await updateGroup(home.cache, { collection, group: "G", color: "blue" });
  await updateGroup(home.cache, { collection, group: "G", color: "rose" });
  const before = { ...(await curation()), rev: await home.dirtyRev() };
  await expect(undo(2)).rejects.toMatchObject({
    code: "conflict",
    message:
      'Change 2 (Changed the group "G") cannot be undone, since the color of the group "G" changed after it, by change 3 (Changed the group "G"); nothing was changed',
    hint: "skillmeat history",
  });
  await expect(undo(1)).rejects.toMatchObject({ code: "conflict" });
  expect({ ...(await curation()), rev: await home.dirtyRev() }).toEqual(before);
  expect(await summaries()).toHaveLength(3);
});

test("a name that is taken now stands in the way", async () => {
  await addGroup("G");
  await deleteGroup(home.cache, { collection, group: "G" });
  await addGroup("g");
  await expect(undo(2)).rejects.toMatchObject({ code: "conflict" });
  expect(await names()).toEqual(["g"]);
});

test("what is not there, was undone, or cannot be undone is a clear error", async () => {
  await addGroup("G");
  await undo();
  await expect(undo(1)).rejects.toMatchObject({
    code: "conflict",
    message: 'Change 1 (Created the group "G") was undone already, by change 2',
    hint: "To do it again: skillmeat undo 2",
  });
  await expect(undo(77)).rejects.toMatchObject({ code: "not-found" });
  await home.cache.db.updateTable("changes").set({ images: null, undone_by: null }).execute();
  await expect(undo(1)).rejects.toMatchObject({ code: "refused" });
});

test("a change of which nothing is left says so", async () => {
  await addGroup("G");
  await home.cache.db.deleteFrom("groups").execute();
  await expect(undo()).rejects.toMatchObject({
    code: "conflict",
    message: 'Nothing of change 1 (Created the group "G") is left to undo',
  });
});

test("what changes nothing is no change", async () => {
  await addGroup("G");
  await updateGroup(home.cache, { collection, group: "G", color: "" });
  await reorderGroups(home.cache, { collection, groups: ["G"] });
  expect(await summaries()).toEqual(['Created the group "G"']);
});

test("an order comes back, also where groups came and went since", async () => {
  for (const name of ["A", "B", "C"]) await addGroup(name);
  await reorderGroups(home.cache, { collection, groups: ["C", "A"] });
  await addGroup("D");
  await deleteGroup(home.cache, { collection, group: "B" });
  await undo(4);
  expect(await names()).toEqual(["A", "C", "D"]);
  await updateGroup(home.cache, { collection, group: "D", position: 0 });
  expect((await summaries())[0]).toBe('Moved the group "D"');
  await undo();
  expect(await names()).toEqual(["A", "C", "D"]);
});

test("tags come back with their assignments, their order and their ids", async () => {
  await addSkill("pdf", ["loose"]);
  const tag = (name: string) => createTag(home.cache, tagCreateInputSchema.parse({ name }));
  const set = (add: string[]) =>
    setArtifactTags(home.cache, artifactSetTagsInputSchema.parse({ id: "pdf", add }));
  const states = [await curation()];
  const steps = [
    () => set(["fresh"]),
    () => tag("Fresh"),
    () => tag("Loose"),
    () => tag("Other"),
    () => set(["other"]),
    () => updateTag(home.cache, { collection, slug: "fresh", name: "New", newSlug: "brand-new" }),
    () => updateTag(home.cache, { collection, slug: "other", color: "#fff" }),
    () => deleteTag(home.cache, { collection, slug: "loose" }),
    () => deleteTag(home.cache, { collection, slug: "brand-new" }),
  ];
  const ids = () =>
    home.cache.db
      .selectFrom("tags")
      .select(["id", "slug", "position"])
      .where("defined", "=", 1)
      .orderBy("position")
      .execute();
  const idsBefore: unknown[] = [];
  for (const step of steps) {
    idsBefore.push((await ids()).map(({ id, slug }) => [id, slug]));
    await step();
    states.push(await curation());
  }
  for (let done = steps.length - 1; done >= 0; done -= 1) {
    await undo();
    expect(await curation(), `step ${done}`).toEqual(states[done]);
    expect((await ids()).map(({ id, slug }) => [id, slug])).toEqual(idsBefore[done]);
  }
});

test("a display name comes back, unless it was changed since", async () => {
  await updateCollection(home.cache, { collection, displayName: "Mine" });
  await updateCollection(home.cache, { collection, displayName: "Ours" });
  await expect(undo(1)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("the display name"),
  });
  const rev = await home.dirtyRev();
  await undo();
  expect(await getCollection(home.cache, { collection })).toMatchObject({ displayName: "Mine" });
  expect(await home.dirtyRev()).toBe(rev + 1);
});

test("a removed artifact comes back from the trash, with groups, places and tags, and goes again", async () => {
  await addSkill("pdf", ["loose"]);
  await home.addArtifacts(["skill:a", "skill:z"]);
  await addGroup("G", "a", "pdf", "z");
  await addGroup("H", "pdf");
  await setArtifactTags(home.cache, artifactSetTagsInputSchema.parse({ id: "pdf", add: ["mine"] }));
  const before = await curation();
  const { trash } = await removeArtifact(home.cache, { collection, id: "pdf" });
  const removed = await curation();
  await undo();
  expect(await curation()).toEqual(before);
  expect(readFileSync(at("skills/pdf/SKILL.md"), "utf8")).toContain("Do it");
  expect(existsSync(trash ?? "")).toBe(false);
  await undo(5);
  expect(await curation()).toEqual(removed);
  expect(existsSync(at("skills/pdf"))).toBe(false);
  // It lies where it lay, so that the removal itself, which counts again, can be undone once more.
  expect(existsSync(trash ?? "")).toBe(true);
  await undo();
  expect(await curation()).toEqual(before);
  await undo(7);
  await undo(6);
  expect(await curation()).toEqual(before);
});

test("an artifact without a row in the manifest comes back without one", async () => {
  await addSkill("pdf");
  await removeArtifact(home.cache, { collection, id: "pdf" });
  await undo();
  const { in_manifest, missing } = await home.cache.db
    .selectFrom("artifacts")
    .select(["in_manifest", "missing"])
    .executeTakeFirstOrThrow();
  expect({ in_manifest, missing }).toEqual({ in_manifest: 0, missing: 0 });
});

test("an artifact whose place is taken, or whose files left the trash, does not come back", async () => {
  await addSkill("pdf");
  const { trash } = await removeArtifact(home.cache, { collection, id: "pdf" });
  home.write("collections/default/skills/pdf/SKILL.md", "Another");
  await expect(undo()).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("skills/pdf"),
  });
  expect(readFileSync(at("skills/pdf/SKILL.md"), "utf8")).toBe("Another");
  expect(existsSync(trash ?? "")).toBe(true);
  await home.addArtifacts(["skill:pdf"]);
  await expect(undo()).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("another skill:pdf"),
  });
  await home.cache.db.deleteFrom("artifacts").execute();
  rmSync(at("skills"), { recursive: true });
  rmSync(trash ?? "", { recursive: true });
  await expect(undo()).rejects.toMatchObject({ code: "not-found" });
});

test("added artifacts go to the trash, and what became ambiguous by them is plain again", async () => {
  await addSkill("pdf");
  await addGroup("G", "pdf", "note");
  const source = home.write("source/pdf.md", "About pdf");
  const note = home.write("source/note.md", "A note");
  const before = await curation();
  const add = artifactAddInputSchema.parse({ paths: [source, note], type: "command" });
  await addArtifacts(home.cache, add);
  const after = await curation();
  expect((await getGroup(home.cache, { collection, group: "G" })).members).toEqual([
    { ref: "skill:pdf", artifactId: "skill:pdf" },
    { ref: "note", artifactId: "command:note" },
  ]);
  expect((await summaries())[0]).toBe("Added command:pdf, command:note");
  await undo();
  expect(await curation()).toEqual(before);
  expect(existsSync(at("commands/pdf.md"))).toBe(false);
  await undo(3);
  expect(await curation()).toEqual(after);
  expect(readFileSync(at("commands/note.md"), "utf8")).toBe("A note");
});

test("an artifact that was known by its row alone is that again", async () => {
  await home.addArtifacts(["skill:pdf"]);
  const alone = { missing: 1, in_manifest: 1, path: "" };
  await home.cache.db.updateTable("artifacts").set(alone).execute();
  await addGroup("G", "pdf");
  const before = await curation();
  const source = home.write("source/pdf/SKILL.md", "---\ntags: [x]\n---\nDo it");
  await addArtifacts(home.cache, artifactAddInputSchema.parse({ paths: [join(source, "..")] }));
  expect((await getArtifact(home.cache, { collection, id: "pdf" })).missing).toBe(false);
  await undo();
  expect(await curation()).toEqual(before);
});

test("where the cache cannot be written the files are where they were", async () => {
  await addSkill("pdf");
  const { trash } = await removeArtifact(home.cache, { collection, id: "pdf" });
  const failing = {
    ...home.cache,
    transaction: <T>(work: Parameters<typeof home.cache.transaction<T>>[0]) =>
      home.cache.transaction<T>(async (tx) => {
        await work(tx);
        throw new Error("disk full");
      }),
  };
  await expect(undoChange(failing, { collection })).rejects.toThrow("disk full");
  expect(existsSync(at("skills/pdf"))).toBe(false);
  expect(existsSync(trash ?? "")).toBe(true);
  await undo();
  expect(existsSync(at("skills/pdf"))).toBe(true);
});

test("a call hears of its own change alone, once it is committed", async () => {
  const heard: number[] = [];
  const cache = tellChanges(home.cache, (id) => heard.push(id));
  await addGroup("Other");
  await createGroup(cache, groupCreateInputSchema.parse({ name: "A" }));
  await createGroup(cache, groupCreateInputSchema.parse({ name: "A" })).catch(() => {});
  await updateGroup(cache, { collection, group: "A", color: "" });
  await undoChange(cache, { collection, id: 1 });
  expect(heard).toEqual([2, 3]);
});

test("only what is touched is kept, whatever else the collection holds", async () => {
  const ids = Array.from({ length: 300 }, (_, index) => `skill:s${index}`);
  await home.addArtifacts(ids);
  await addGroup("Big", ...ids);
  await updateGroup(home.cache, { collection, group: "Big", name: "Large" });
  const [change] = await home.cache.db
    .selectFrom("changes")
    .select("images")
    .where("id", "=", 2)
    .execute();
  expect(change?.images?.length).toBeLessThan(1000);
  await undo();
  const group = await getGroup(home.cache, { collection, group: "Big" });
  expect(group.members).toHaveLength(300);
});
