import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listChanges } from "../history/list-changes.ts";
import { getCollection, updateCollection } from "../operations/collections.ts";
import { createGroup } from "../operations/groups.ts";
import { syncNow } from "./sync-now.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const NOW = { collection, dryRun: false };
const TRIAL = { collection, dryRun: true };

async function opened(text: string): Promise<TestHome> {
  const at = await openTestHome(text);
  await at.home.sync.ready(collection);
  return at;
}

async function displayName(at: TestHome): Promise<string> {
  return (await getCollection(at.home.cache, { collection })).displayName;
}

/** What the log of changes tells. */
async function logged(at: TestHome): Promise<string[][]> {
  const { items } = await listChanges(at.home.cache, { collection, limit: 9 });
  return items.map(({ action, summary }) => [action, summary]);
}

test.each(["push", "pull", "merge"] as const)(
  "a %s where nothing differs changes nothing, and makes no backup",
  async (how) => {
    const at = await opened(HEAD + groupRow("A"));
    const nothing = { changes: [], diff: "", conflicts: [], backup: null, change: null };
    const done = { name: collection, ...nothing, saved: true, reason: null };
    expect(await at.home.sync[how](NOW)).toEqual({ collections: [done] });
    expect(at.backups()).toEqual([]);
  },
);

test("a missing manifest is made anew by a push, and nothing of it is there to pull or merge", async () => {
  const at = await opened(HEAD + groupRow("A"));
  rmSync(at.manifest);
  for (const how of ["pull", "merge"] as const) {
    await expect(at.home.sync[how](NOW)).rejects.toMatchObject({
      code: "manifest-missing",
      message: `The manifest ${at.manifest} is missing`,
      hint: "skillmeat sync flush --collection default",
    });
  }
  const [pushed] = (await at.home.sync.push(NOW)).collections;
  expect(pushed).toMatchObject({ changes: [], conflicts: [], backup: null, saved: true });
  const lines = (pushed?.diff ?? "").split("\n").slice(3);
  expect(lines.every((line) => line === "" || line.startsWith("+"))).toBe(true);
  expect(lines).toContain('+name = "A"');
  expect(at.read()).toContain('name = "A"');
});

test.each([HEAD, null])("what a push is to write is unsaved until it is written", async (text) => {
  const at = await opened(HEAD + groupRow("A"));
  if (text === null) rmSync(at.manifest);
  else at.write(HEAD);
  await at.status();
  const unsaved = async () => (await at.status()).unsaved;
  await syncNow(at.home.cache, collection, "push", false);
  expect(await unsaved()).toBe(1);
  const plain = { description: "", color: "", icon: "", members: [] };
  await createGroup(at.home.cache, { collection, name: "B", ...plain });
  await syncNow(at.home.cache, collection, "push", false);
  expect(await unsaved()).toBe(2);
  await at.home.sync.flush();
  expect(at.read()).toContain('name = "A"');
});

test("a pull takes the manifest's name for the one given here, a push writes that", async () => {
  const at = await opened(HEAD);
  await updateCollection(at.home.cache, { collection, displayName: "Given" });
  await at.home.sync.pull(NOW);
  expect(await displayName(at)).toBe("Mine");
  expect(at.read()).toBe(HEAD);
  const { items } = await listChanges(at.home.cache, { collection, limit: 1 });
  expect(items).toMatchObject([{ action: "sync.pull" }]);

  await updateCollection(at.home.cache, { collection, displayName: "Given" });
  await at.home.sync.push(NOW);
  expect(await displayName(at)).toBe("Given");
  expect(at.read()).toContain('name = "Given"');
});

test("a pull from a manifest without a name leaves the shown one, and does not write it", async () => {
  const text = HEAD.replace('name = "Mine"\n', "");
  const at = await opened(text);
  await updateCollection(at.home.cache, { collection, displayName: "Given" });
  await at.home.sync.pull(NOW);
  expect(await displayName(at)).toBe("Given");
  await at.home.sync.flush();
  expect(at.read()).toBe(text);
});

test.each([
  ["push", []],
  ["pull", [["sync.pull", "Replaced the groups and tags by those of collection.toml"]]],
  ["merge", [["sync.merge", "Merged with collection.toml"]]],
] as const)("a %s is told of in the log where it changed the cache", async (how, told) => {
  const at = await opened(HEAD + groupRow("A"));
  at.write(HEAD + groupRow("A", "x") + groupRow("B"));
  await at.home.sync[how](NOW);
  expect(await logged(at)).toEqual(told);
});

test("a push is told of where it met an artifact with its row", async () => {
  const at = await opened(HEAD);
  at.put("skills/pdf/SKILL.md", "");
  at.write(`${HEAD}\n[[artifacts]]\nname = "pdf"\ntype = "skill"\n`);
  await at.home.sync.push(NOW);
  expect(await logged(at)).toEqual([
    ["sync.push", "Replaced the groups and tags of collection.toml"],
  ]);
});

test("what is told of a push has the time of the change, but where git shares the collection", async () => {
  const at = await opened(HEAD + groupRow("A"));
  at.write(HEAD);
  const diff = async () => (await at.home.sync.push(TRIAL)).collections[0]?.diff;
  expect(await diff()).toContain("\n+updated = ");
  mkdirSync(join(at.folder, ".git"));
  writeFileSync(join(at.folder, ".git", "HEAD"), "");
  expect(await diff()).not.toContain("+updated = ");
  expect(await diff()).toContain('\n+name = "A"');
});
