import { openHome } from "@skillmeat/core";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { MutationRecord } from "./context.ts";
import { appRouter, createEvents } from "./router.ts";

/** The procedures on a new home with one empty collection, and the log of its mutations. */
async function setUp() {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-router-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const home = await openHome({ root });
  onTestFinished(() => home.close());
  const log: MutationRecord[] = [];
  const events = createEvents({ home });
  const api = appRouter.createCaller({ home, events, onMutation: (record) => log.push(record) });
  await api.collections.create({ name: "default" });
  const manifest = join(root, "collections", "default", "collection.toml");
  return { root, home, api, log, manifest, read: () => readFileSync(manifest, "utf8") };
}

/** A folder of skills outside the home, as a cloned repository is. */
function makeSkills(root: string, ...names: string[]): string {
  const folder = join(root, "source");
  for (const name of names) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(
      join(folder, name, "SKILL.md"),
      `---\nname: ${name}\ndescription: About ${name}\ntags: [office]\n---\n`,
    );
  }
  return folder;
}

const SAVED = { saved: true, reason: null };

test("every mutation of groups is in the file once it is answered", async () => {
  const { api, read } = await setUp();
  expect(await api.groups.create({ name: "A", members: ["x", "y"] })).toMatchObject(SAVED);
  expect(await api.groups.create({ name: "B" })).toMatchObject(SAVED);
  expect(read()).toContain('members = ["x", "y"]');
  expect(await api.groups.update({ group: "B", color: "blue" })).toMatchObject(SAVED);
  expect(read()).toContain('color = "blue"');
  expect(await api.groups.addMembers({ group: "A", members: ["z"], at: 0 })).toMatchObject(SAVED);
  expect(read()).toContain('members = ["z", "x", "y"]');
  expect(await api.groups.removeMembers({ group: "A", members: ["x"] })).toMatchObject(SAVED);
  expect(await api.groups.reorderMembers({ group: "A", members: ["y"] })).toMatchObject(SAVED);
  expect(read()).toContain('members = ["y", "z"]');
  const { groups, ...outcome } = await api.groups.reorder({ groups: ["B"] });
  expect(outcome).toEqual({ ...SAVED, change: 8 });
  expect(groups.map(({ name }) => name)).toEqual(["B", "A"]);
  expect(await api.groups.get({ group: "a" })).toMatchObject({ name: "A", position: 1 });
  expect(await api.groups.delete({ group: "A" })).toMatchObject({ group: { name: "A" }, ...SAVED });
  expect((await api.groups.list({})).items).toMatchObject([{ name: "B", color: "blue" }]);
  expect(read()).not.toContain('name = "A"');
});

test("every mutation of tags and artifacts is in the file once it is answered", async () => {
  const { root, api, read } = await setUp();
  const paths = [makeSkills(root, "pdf", "docx")];
  const dryRun = await api.artifacts.add({ paths, dryRun: true });
  expect(dryRun.found.map(({ id }) => id)).toEqual(["skill:docx", "skill:pdf"]);
  expect((await api.artifacts.list({})).items).toEqual([]);
  const added = await api.artifacts.add({ paths });
  expect(added).toMatchObject({ skipped: [], ...SAVED });
  expect(added.artifacts.map(({ id }) => id)).toEqual(["skill:docx", "skill:pdf"]);
  expect(read()).toContain('name = "pdf"');
  expect(await api.tags.create({ name: "Work", color: "#fff" })).toMatchObject(SAVED);
  expect(read()).toContain('color = "#fff"');
  expect(await api.tags.update({ slug: "work", description: "At work" })).toMatchObject(SAVED);
  expect(read()).toContain('description = "At work"');
  expect(await api.artifacts.setTags({ id: "pdf", add: ["work"] })).toMatchObject(SAVED);
  expect(read()).toContain('tags = ["work"]');
  expect((await api.artifacts.get({ id: "pdf" })).tags.toSorted()).toEqual(["office", "work"]);
  expect(await api.tags.get({ slug: "office" })).toMatchObject({
    defined: false,
    artifactCount: 2,
  });
  expect(await api.tags.delete({ slug: "work" })).toMatchObject({ stillCarriedBy: 0, ...SAVED });
  expect((await api.tags.list({})).items.map(({ slug }) => slug)).toEqual(["office"]);
  expect(read()).not.toContain("work");
});

test("a copied group is in the other collection's file once it is answered", async () => {
  const { root, api, read, log } = await setUp();
  await api.collections.create({ name: "work" });
  const work = join(root, "collections", "work", "collection.toml");
  // Nobody has read this yet: a copy that did not look would wipe it.
  writeFileSync(work, `${readFileSync(work, "utf8")}\n[[groups]]\nname = "Old"\nmembers = []\n`);
  await api.groups.create({ name: "A", members: ["x"] });
  const before = read();
  const reply = await api.groups.copy({ group: "A", to: "work" });
  expect(reply).toMatchObject({ group: { collection: "work", name: "A" }, ...SAVED });
  expect(readFileSync(work, "utf8")).toMatch(/"Old"[^]*name = "A"[^]*members = \["x"\]/);
  expect(read()).toBe(before);
  expect(log.at(-1)).toMatchObject({ path: "groups.copy", collection: "work", saved: true });
  await expect(api.groups.copy({ group: "A", to: "no" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("what is removed is in the trash and out of the file once it is answered", async () => {
  const { root, api, read, log } = await setUp();
  await api.artifacts.add({ paths: [makeSkills(root, "pdf")] });
  const { trash, ...removed } = await api.artifacts.remove({ id: "pdf" });
  expect(removed).toMatchObject({ artifact: { id: "skill:pdf" }, ...SAVED });
  expect(readFileSync(join(trash ?? "", "SKILL.md"), "utf8")).toContain("About pdf");
  expect(read()).not.toContain("pdf");
  const deleted = await api.collections.delete({ collection: "default" });
  expect(deleted).toMatchObject({ collection: { name: "default", artifacts: 0 }, ...SAVED });
  expect(log.at(-1)).toMatchObject({ path: "collections.delete", collection: "default" });
  expect((await api.collections.list()).items).toEqual([]);
});

test("a collection that comes by import is read before the reply", async () => {
  const { root, api } = await setUp();
  await api.groups.create({ name: "A" });
  const path = join(root, "collections", "default");
  const reply = await api.collections.import({ path, name: "copy" });
  expect(reply).toMatchObject({ collection: { name: "copy", groups: 1 }, ...SAVED });
  expect((await api.collections.list()).items.map(({ name }) => name)).toEqual(["copy", "default"]);
  expect(await api.collections.get({ collection: "copy" })).toEqual(reply.collection);
});

test("a failing write does not fail the request, says so, and is made up for", async () => {
  const { api, manifest, read, log } = await setUp();
  const before = read();
  writeFileSync(manifest, "[broken");
  const reply = await api.groups.create({ name: "A" });
  expect(reply).toMatchObject({ group: { name: "A" }, saved: false });
  expect(reply.reason).not.toBe("");
  expect(read()).toBe("[broken");
  expect(log.at(-1)).toMatchObject({ path: "groups.create", collection: "default", saved: false });
  expect((await api.sync.status()).collections).toMatchObject([
    { unsaved: 1, state: "unreadable" },
  ]);
  await expect(api.cache.reset()).rejects.toMatchObject({ code: "PRECONDITION_FAILED" });
  writeFileSync(manifest, before);
  expect(await api.sync.flush()).toEqual({ collections: [{ name: "default", ...SAVED }] });
  expect(read()).toContain('name = "A"');
});

test("status, refresh and reset cover all collections, or the named one", async () => {
  const { api } = await setUp();
  await api.collections.create({ name: "other" });
  await api.groups.create({ collection: "other", name: "A" });
  const names = ({ collections }: { collections: { name: string }[] }) =>
    collections.map(({ name }) => name);
  expect(names(await api.cache.status())).toEqual(["default", "other"]);
  expect(names(await api.sync.status({ collection: "other" }))).toEqual(["other"]);
  expect(names(await api.cache.refresh())).toEqual(["default", "other"]);
  expect(names(await api.cache.refresh({ collection: "other" }))).toEqual(["other"]);
  expect(names(await api.cache.reset())).toEqual(["default", "other"]);
  expect((await api.groups.list({ collection: "other" })).items).toMatchObject([{ name: "A" }]);
});

test("each mutation is told to the log once, a failed one is not", async () => {
  const { api, log } = await setUp();
  await api.groups.create({ name: "A" });
  await expect(api.groups.create({ name: "A" })).rejects.toMatchObject({ code: "CONFLICT" });
  await api.groups.list({});
  expect(log.map(({ path, collection, saved }) => [path, collection, saved])).toEqual([
    ["collections.create", "default", true],
    ["groups.create", "default", true],
  ]);
});
