import { openHome } from "@skillmeat/core";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { appRouter, createEvents } from "./router.ts";

/** The procedures on a new home with one empty collection. */
async function setUp() {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-history-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const home = await openHome({ root });
  onTestFinished(() => home.close());
  const api = appRouter.createCaller({ home, events: createEvents({ home }) });
  expect(await api.collections.create({ name: "default" })).toMatchObject({ change: null });
  const read = () => readFileSync(join(root, "collections/default/collection.toml"), "utf8");
  return { root, api, read };
}

test("each of many calls at once replies with the change that is its own", async () => {
  const { api } = await setUp();
  await api.groups.create({ name: "Old" });
  const names = Array.from({ length: 20 }, (_, index) => `G${index}`);
  const replies = await Promise.all(names.map((name) => api.groups.create({ name })));
  const { items } = await api.history.list({ limit: 200 });
  const summaries = new Map(items.map(({ id, summary }) => [id, summary]));
  expect(replies.map(({ change }) => summaries.get(change ?? 0))).toEqual(
    names.map((name) => `Created the group "${name}"`),
  );
  const [one, other] = await Promise.all([
    api.groups.update({ group: "G1", color: "blue" }),
    api.groups.update({ group: "G2", color: "" }),
  ]);
  expect(summaries.has(one.change ?? 0)).toBe(false);
  expect(other.change).toBeNull();
});

test("an undo is written to the manifest, whose row is the same one again", async () => {
  const { root, api, read } = await setUp();
  const path = join(root, "collections/default/collection.toml");
  await api.groups.create({ name: "A", members: ["x"] });
  writeFileSync(path, read().replace("members =", 'own_key = "kept"\nmembers ='));
  const { change } = await api.groups.update({ group: "A", name: "B", color: "blue" });
  expect(read()).toContain('name = "B"');
  const { undone, ...outcome } = await api.history.undo({});
  expect(undone).toMatchObject({ id: change, undoneBy: outcome.change });
  expect(outcome).toMatchObject({ saved: true, reason: null });
  expect(read()).toContain('name = "A"');
  expect(read()).toContain('own_key = "kept"');
  await api.groups.delete({ group: "A" });
  await api.history.undo({});
  expect(read()).toContain('name = "A"\ndescription');
  const { id } = await api.groups.get({ group: "A" });
  await api.collections.update({ displayName: "Mine" });
  expect(read()).toContain('name = "Mine"');
  await api.history.undo({});
  expect(read()).toContain('name = "default"');
  expect((await api.groups.get({ group: id })).name).toBe("A");
});

test("what was copied is undone where it was copied to", async () => {
  const { api } = await setUp();
  await api.collections.create({ name: "work" });
  await api.groups.create({ name: "A" });
  const { change } = await api.groups.copy({ group: "A", to: "work" });
  expect((await api.history.list({ collection: "work" })).items).toMatchObject([
    { id: change, action: "groups.copy", collection: "work" },
    { action: "collections.create", undoable: false },
  ]);
  await expect(api.history.undo({ id: change ?? 0 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await api.history.undo({ collection: "work", id: change ?? 0 });
  expect((await api.groups.list({ collection: "work" })).items).toEqual([]);
});

test("removed artifacts and collections come back from the trash", async () => {
  const { root, api, read } = await setUp();
  const source = join(root, "source/pdf");
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, "SKILL.md"), "Do it");
  await api.artifacts.add({ paths: [source] });
  await api.groups.create({ name: "A", members: ["pdf"] });
  await api.artifacts.remove({ id: "pdf" });
  const [item] = (await api.trash.list()).items;
  expect(item).toMatchObject({ kind: "artifact", name: "skill:pdf", collection: "default" });
  const reply = await api.trash.restore({ id: item?.id ?? "" });
  expect(reply).toMatchObject({ artifact: { id: "skill:pdf", groups: [] }, collection: null });
  expect(reply).toMatchObject({ saved: true, change: expect.any(Number) });
  expect(read()).toContain('name = "pdf"');

  await api.collections.delete({ collection: "default" });
  expect((await api.trash.list({ collection: "default" })).items).toHaveLength(1);
  const [folder] = (await api.trash.list({})).items;
  const back = await api.trash.restore({ id: folder?.id ?? "", as: "again" });
  expect(back).toMatchObject({
    artifact: null,
    collection: { name: "again", displayName: "default", groups: 1, artifacts: 1 },
    saved: true,
    change: null,
  });
  expect(existsSync(join(root, "collections/again/skills/pdf/SKILL.md"))).toBe(true);
  await expect(api.trash.restore({ id: "../x" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(api.history.list({})).rejects.toMatchObject({ code: "NOT_FOUND" });
  await api.collections.create({ name: "default" });
  expect((await api.history.list({})).items.map(({ action }) => action)).toEqual([
    "collections.create",
    "collections.delete",
  ]);
});

test("a cache that is made anew has no history, for its rows are others", async () => {
  const { api } = await setUp();
  const { change } = await api.groups.create({ name: "A" });
  await api.cache.reset();
  const { items } = await api.history.list({});
  expect(items.filter(({ origin }) => origin === "call")).toEqual([]);
  await expect(api.history.undo({ id: change ?? 0 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await api.groups.create({ name: "B" })).change).toBeGreaterThan(change ?? 0);
});
