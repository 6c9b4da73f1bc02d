import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { undoChange } from "../history/undo.ts";
import { createGroup, deleteGroup, reorderGroups, updateGroup } from "../operations/groups.ts";
import { createTag } from "../operations/tags.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const ROW = '\n[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["old"]\n';
const TAG = '\n[[tag_definitions]]\nname = "Old"\nslug = "old"\ncolor = "#fff"\n';
const START = HEAD + ROW + TAG + groupRow("A", "x", "y") + groupRow("B", "y");
const NOW = { collection, dryRun: false };
const TRIAL = { collection, dryRun: true };
const EMPTY = { description: "", color: "", icon: "", members: [] };

async function opened(text = START): Promise<TestHome> {
  const at = await openTestHome(text);
  await at.home.sync.ready(collection);
  return at;
}

/** What both sides changed: the group A, each its own field, and a colour both. */
async function diverged(): Promise<TestHome> {
  const at = await opened();
  await updateGroup(at.home.cache, { collection, group: "A", icon: "star", color: "blue" });
  await createGroup(at.home.cache, { collection, name: "Made here", ...EMPTY });
  at.write(
    START.replace('name = "A"', 'name = "A"\ndescription = "Theirs"\ncolor = "rose"').replace(
      '["x","y"]',
      '["y", "x", "z"]',
    ),
  );
  return at;
}

const CHANGES = [
  {
    kind: "group",
    name: "A",
    change: "changed",
    fields: {
      description: { cache: "", manifest: "Theirs" },
      color: { cache: "blue", manifest: "rose" },
      icon: { cache: "star", manifest: "" },
      members: {
        cache: ["x", "y"],
        manifest: ["y", "x", "z"],
        added: ["z"],
        removed: [],
        moved: [expect.any(String)],
      },
    },
  },
  { kind: "group", name: "Made here", change: "removed" },
];

test("the difference is told by row and field, with members and orders as lists", async () => {
  const at = await diverged();
  const { collections } = await at.home.sync.diff();
  expect(collections).toEqual([{ name: collection, changes: CHANGES, problems: [] }]);

  await at.home.sync.flush();
  await deleteGroup(at.home.cache, { collection, group: "B" });
  await createTag(at.home.cache, { collection, name: "C", color: "", description: "" });
  await reorderGroups(at.home.cache, { collection, groups: ["Made here", "A"] });
  const diff = await at.home.sync.diff(collection);
  expect(diff.collections[0]?.changes).toMatchObject([
    { kind: "tag", name: "c", change: "removed" },
    { kind: "group", name: "B", change: "added" },
    {
      kind: "group",
      name: "",
      change: "changed",
      fields: { order: { manifest: ["A", "Made here"] } },
    },
  ]);
  at.write("<<<<<<<\n");
  expect((await at.home.sync.diff(collection)).collections).toMatchObject([
    { changes: [], problems: [{ line: 1, message: "conflict markers of git at line 1" }] },
  ]);
});

test("a pull makes the cache equal the manifest, keeps what it had, and can be undone", async () => {
  const at = await diverged();
  await at.home.sync.ready(collection);
  const theirs = at.read();
  const before = await at.curation();
  const trial = await at.home.sync.pull(TRIAL);
  expect(trial.collections).toMatchObject([{ diff: "", saved: false, backup: null }]);
  expect(trial.collections[0]?.changes).toEqual(CHANGES);
  expect(await at.curation()).toEqual(before);

  const { collections } = await at.home.sync.pull(NOW);
  expect(collections).toMatchObject([
    { changes: CHANGES, saved: true, change: expect.any(Number) },
  ]);
  expect(at.read()).toBe(theirs);
  expect(await at.groupNames()).toEqual(["A", "B"]);
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0, losses: 0 });
  expect(at.backups()).toEqual([expect.stringMatching(/icon = "star"[^]*name = "Made here"/)]);

  await undoChange(at.home.cache, { collection, id: collections[0]?.change ?? 0 });
  expect(await at.curation()).toEqual(before);
  expect(await at.home.sync.syncCollection(collection)).toEqual({ saved: true, reason: null });
  expect(at.read()).toContain('name = "Made here"');
});

test("a push makes the manifest equal the cache, also in what the cache never saw", async () => {
  const at = await diverged();
  at.write(`${at.read()}${groupRow("Unseen")}\n[[tag_definitions]]\nname = "U"\nslug = "u"\n`);
  const theirs = at.read();
  const trial = await at.home.sync.push(TRIAL);
  expect(trial.collections[0]?.diff).toMatch(
    /^--- a\/collection.toml\n\+\+\+ b\/collection.toml\n/,
  );
  expect(trial.collections[0]?.diff).toMatch(/\n-name = "Unseen"\n\+name = "Made here"\n/);
  expect(at.read()).toBe(theirs);

  const { collections } = await at.home.sync.push(NOW);
  expect(collections).toMatchObject([{ saved: true, changes: [], change: null }]);
  expect(await at.groupNames()).toEqual(["A", "B", "Made here"]);
  expect(at.read()).not.toContain("Unseen");
  expect(at.read()).not.toContain('slug = "u"');
  expect(at.read()).toContain('members = ["x", "y"]');
  expect(at.backups()).toEqual([theirs]);
  expect(collections[0]?.backup).toMatch(/^\d{8}T/);
  expect(await at.status()).toMatchObject({ state: "clean", losses: 0 });
  expect((await at.home.sync.push(NOW)).collections).toMatchObject([{ diff: "", backup: null }]);
});

test("a push makes a missing manifest anew, and a pull has nothing to take then", async () => {
  const at = await opened();
  at.write("");
  expect((await at.home.sync.diff()).collections).toMatchObject([{ changes: [], problems: [] }]);
  const wanted = { code: "manifest-missing" };
  await expect(at.home.sync.pull(NOW)).rejects.toMatchObject(wanted);
  mkdirSync(join(at.root, "collections", "other"));
  writeFileSync(join(at.root, "collections", "other", "collection.toml"), START);
  const all = await at.home.sync.merge({ dryRun: false });
  expect(all.collections).toMatchObject([
    { saved: false, reason: expect.stringContaining("empty") },
    { saved: true },
  ]);
  await at.home.sync.ready(collection);
  const { collections } = await at.home.sync.push(TRIAL);
  expect(collections[0]?.diff).toContain('+name = "B"');
});

test("a merge brings both sides together whatever the settings say, and tells the conflicts", async () => {
  const at = await diverged();
  const theirs = at.read();
  const trial = await at.home.sync.merge(TRIAL);
  expect(trial.collections[0]?.diff).toMatch(/\n\+icon = "star"\n/);
  expect(at.read()).toBe(theirs);

  const { collections } = await at.home.sync.merge(NOW);
  const conflict = { kind: "group", name: "A", field: "color", kept: "rose", lost: "blue" };
  expect(collections).toMatchObject([{ saved: true, conflicts: [conflict] }]);
  const text = at.read();
  for (const part of ["Theirs", "rose", 'icon = "star"', '["y", "x", "z"]', '"Made here"']) {
    expect(text).toContain(part);
  }
  expect(await at.status()).toMatchObject({ state: "clean", losses: 1 });
  expect((await at.home.sync.merge(NOW)).collections).toMatchObject([
    { changes: [], diff: "", conflicts: [], change: null },
  ]);
  await undoChange(at.home.cache, { collection, id: collections[0]?.change ?? 0 });
  expect(await at.groupNames()).toEqual(["A", "B", "Made here"]);
});

test("nothing is taken or replaced while the manifest cannot be read, and the error shows where", async () => {
  const at = await opened();
  at.write(`${HEAD}\nname = = 3\n`);
  for (const how of ["pull", "push", "merge"] as const) {
    await expect(at.home.sync[how](NOW)).rejects.toMatchObject({
      code: "manifest-unreadable",
      message: expect.stringMatching(
        /^default\/collection\.toml:7:\d+ [^\n|]+\n(?: +\d.*\n)*> 7 \| name = = 3\n {4}\| +\^/,
      ),
      hint: `Mend ${at.manifest}, or bring back an older text: skillmeat backup list --collection default`,
    });
  }
});

test("what is no file is neither taken nor replaced", async () => {
  const at = await opened();
  rmSync(at.manifest);
  mkdirSync(at.manifest);
  await expect(at.home.sync.push(NOW)).rejects.toMatchObject({
    code: "manifest-unreadable",
    message: "default/collection.toml: it is a folder and not a regular file",
  });
});

test("a cache that never read the manifest reads it before it pushes", async () => {
  const at = await opened();
  await at.reopen({ withoutCache: true });
  expect((await at.home.sync.push(NOW)).collections).toMatchObject([{ diff: "", saved: true }]);
  expect(at.read()).toBe(START);
});
