import { rmSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { requireCollection } from "../../cache/commit.ts";
import type { Cache } from "../../cache/open.ts";
import { getArtifact } from "../../operations/artifacts.ts";
import { createCollection, getCollection, updateCollection } from "../../operations/collections.ts";
import { createGroup, deleteGroup, listGroups } from "../../operations/groups.ts";
import { setArtifactTags } from "../../operations/set-tags.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "../testing/test-home.ts";
import { replayUnwritten } from "./replay.ts";
import { loseCache } from "./testing/lost-cache.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "", members: [] };
const ROW = '\n[[artifacts]]\nname = "review"\ntype = "skill"\ntags = ["go", "mine"]\n';
const TEXT = HEAD + ROW + groupRow("A");

async function open(text = TEXT): Promise<TestHome> {
  const at = await openTestHome(text);
  at.put("skills/pdf/SKILL.md", "");
  await at.home.sync.ready(collection);
  return at;
}

const addGroup = (cache: Cache, name: string, to = collection) =>
  createGroup(cache, { ...plain, collection: to, name });

async function groupNames(cache: Cache): Promise<string[]> {
  return (await listGroups(cache, { collection })).items.map(({ name }) => name);
}

async function tagsOf(cache: Cache, id: string): Promise<readonly string[]> {
  return (await getArtifact(cache, { collection, id })).tags;
}

const unsaved = async (cache: Cache) => {
  const row = await requireCollection(cache.db, collection);
  return row.dirty_rev - row.written_rev;
};

test("a collection that has no place in the new cache is named with every replay", async () => {
  const at = await open();
  await createCollection(at.home.cache, { name: "work" });
  await addGroup(at.home.cache, "A", "work");
  rmSync(join(at.root, "collections", "work"), { recursive: true });
  const { lost, home } = await loseCache(at);
  for (let round = 0; round < 2; round += 1) {
    expect(await replayUnwritten(lost, home.cache)).toEqual(["work"]);
  }
});

test("what came over but could not be noted in the old cache comes over once", async () => {
  const at = await open();
  await addGroup(at.home.cache, "New");
  const { lost, home } = await loseCache(at);
  const refuse = `before update on collections begin select raise(abort, 'the disk is full'); end`;
  await sql.raw(`create trigger refuse ${refuse}`).execute(lost.db);
  for (let round = 0; round < 2; round += 1) {
    expect(await replayUnwritten(lost, home.cache)).toEqual([]);
    expect(await groupNames(home.cache)).toEqual(["A", "New"]);
    expect(await unsaved(home.cache)).toBe(1);
  }
});

test("a tag that was taken off after a replay is not put on again by the next", async () => {
  const at = await open();
  await addGroup(at.home.cache, "New");
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  await setArtifactTags(home.cache, { collection, id: "review", add: [], remove: ["mine"] });
  await addGroup(lost, "Newer");
  await replayUnwritten(lost, home.cache);
  expect(await groupNames(home.cache)).toEqual(["A", "New", "Newer"]);
  expect(await tagsOf(home.cache, "review")).toEqual(["go"]);
});

test("a row that an artifact got after a replay is not taken away by the next", async () => {
  const at = await open();
  await addGroup(at.home.cache, "New");
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  const change = { collection, id: "pdf" };
  await setArtifactTags(home.cache, { ...change, add: ["go"], remove: [] });
  await setArtifactTags(home.cache, { ...change, add: [], remove: ["go"] });
  await addGroup(lost, "Newer");
  await replayUnwritten(lost, home.cache);
  await home.sync.flush();
  expect(at.read()).toContain('name = "pdf"');
});

test("what came with the file and is deleted after a replay does not come back", async () => {
  const at = await open();
  await addGroup(at.home.cache, "New");
  at.write(TEXT + groupRow("Theirs"));
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  await deleteGroup(home.cache, { collection, group: "Theirs" });
  await home.sync.flush();
  expect((await groupNames(home.cache)).toSorted()).toEqual(["A", "New"]);
  expect(at.read()).not.toContain("Theirs");
});

test("a new cache that was changed before the manifest could be read gets nothing that was written", async () => {
  const at = await open();
  at.write("[[groups\n");
  const { lost, home } = await loseCache(at);
  await addGroup(home.cache, "Newer");
  expect(await replayUnwritten(lost, home.cache)).toEqual([]);
  expect(await groupNames(home.cache)).toEqual(["Newer"]);
});

test("a display name that was given in the new cache stands", async () => {
  const at = await open();
  await updateCollection(at.home.cache, { collection, displayName: "Ours" });
  const { lost, home } = await loseCache(at);
  await updateCollection(home.cache, { collection, displayName: "Later" });
  await replayUnwritten(lost, home.cache);
  expect((await getCollection(home.cache, { collection })).displayName).toBe("Later");
});

test("a display name that the file has by now leaves nothing to write", async () => {
  const at = await open();
  await updateCollection(at.home.cache, { collection, displayName: "Ours" });
  at.write(TEXT.replace('"Mine"', '"Ours"'));
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  expect((await getCollection(home.cache, { collection })).displayName).toBe("Ours");
  expect(await unsaved(home.cache)).toBe(0);
});
