import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requireCollection } from "../../cache/commit.ts";
import type { Cache } from "../../cache/open.ts";
import type { Home } from "../../home.ts";
import { addArtifacts } from "../../operations/add-artifacts.ts";
import { getArtifact, listArtifacts } from "../../operations/artifacts.ts";
import { createCollection, getCollection, updateCollection } from "../../operations/collections.ts";
import {
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  reorderGroups,
  updateGroup,
} from "../../operations/groups.ts";
import { listLosses } from "../../operations/losses.ts";
import { addMembers, removeMembers, reorderMembers } from "../../operations/members.ts";
import { removeArtifact } from "../../operations/remove-artifact.ts";
import { setArtifactTags } from "../../operations/set-tags.ts";
import { createTag, deleteTag, listTags, updateTag } from "../../operations/tags.ts";
import { artifactAddInputSchema } from "../../schema/index.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "../testing/test-home.ts";
import { replayUnwritten } from "./replay.ts";
import { loseCache } from "./testing/lost-cache.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "", members: [] };
const TAG = '\n[[tag_definitions]]\nname = "C++"\nslug = "cpp"\n';
const ROW = `
[[artifacts]]
name = "review"
type = "skill"
path = "skills/review"
tags = ["C++", "mine"]
`;
const TEXT = HEAD + TAG + ROW + groupRow("A", "pdf", "x") + groupRow("B") + groupRow("C", "review");

async function open(text = TEXT): Promise<TestHome> {
  const at = await openTestHome(text);
  at.put("skills/pdf/SKILL.md", "---\ntags: [loose]\n---\n");
  at.put("skills/review/SKILL.md", "");
  await at.home.sync.ready(collection);
  return at;
}

async function revisionsOf(cache: Cache): Promise<number[]> {
  const row = await requireCollection(cache.db, collection);
  return [row.dirty_rev, row.written_rev];
}

async function curationOf({ cache }: Home) {
  const groups = await listGroups(cache, { collection });
  const tags = await listTags(cache, { collection });
  const artifacts = await listArtifacts(cache, { collection, limit: 1000 });
  return {
    groups: groups.items.map((group) => ({ ...group, id: "" })),
    tags: tags.items,
    artifacts: artifacts.items,
    name: (await getCollection(cache, { collection })).displayName,
  };
}

type Change = (cache: Cache, at: TestHome) => Promise<unknown>;
const changes: [string, Change][] = [
  [
    "a new group",
    (cache) => createGroup(cache, { collection, name: "New", ...plain, position: 1 }),
  ],
  ["a renamed group", (cache) => updateGroup(cache, { collection, group: "A", name: "Z" })],
  ["a colour", (cache) => updateGroup(cache, { collection, group: "A", color: "#fff" })],
  ["a deleted group", (cache) => deleteGroup(cache, { collection, group: "A" })],
  ["an order of groups", (cache) => reorderGroups(cache, { collection, groups: ["C", "B"] })],
  ["added members", (cache) => addMembers(cache, { collection, group: "B", members: ["pdf"] })],
  ["removed members", (cache) => removeMembers(cache, { collection, group: "A", members: ["x"] })],
  [
    "an order of members",
    (cache) => reorderMembers(cache, { collection, group: "A", members: ["x"] }),
  ],
  [
    "a new tag",
    (cache) => createTag(cache, { collection, name: "C#", color: "", description: "" }),
  ],
  [
    "a tag that was only carried",
    (cache) => updateTag(cache, { collection, slug: "loose", color: "#abc" }),
  ],
  ["a renamed tag", (cache) => updateTag(cache, { collection, slug: "cpp", name: "Cpp" })],
  ["a changed slug", (cache) => updateTag(cache, { collection, slug: "cpp", newSlug: "c-plus" })],
  ["a deleted tag", (cache) => deleteTag(cache, { collection, slug: "cpp" })],
  [
    "the tags of an artifact",
    (cache) => setArtifactTags(cache, { collection, id: "pdf", add: ["C++", "own"], remove: [] }),
  ],
  ["a display name", (cache) => updateCollection(cache, { collection, displayName: "Ours" })],
  [
    "a tag taken off an artifact",
    (cache) => setArtifactTags(cache, { collection, id: "review", add: [], remove: ["C++"] }),
  ],
  [
    "a removed artifact that has a row",
    (cache) => removeArtifact(cache, { collection, id: "review" }),
  ],
  ["a removed artifact", (cache) => removeArtifact(cache, { collection, id: "pdf" })],
  [
    "an added artifact",
    (cache, at) => {
      const path = join(at.root, "new.md");
      writeFileSync(path, "---\nname: new\n---\n");
      return addArtifacts(cache, artifactAddInputSchema.parse({ paths: [path], type: "command" }));
    },
  ],
  [
    "two groups that changed names",
    async (cache) => {
      await updateGroup(cache, { collection, group: "A", name: "T" });
      await updateGroup(cache, { collection, group: "B", name: "A" });
      await updateGroup(cache, { collection, group: "T", name: "B" });
    },
  ],
];

test.each(changes)(
  "%s that was not written comes into the new cache and the file",
  async (_, change) => {
    const at = await open();
    await change(at.home.cache, at);
    const before = await curationOf(at.home);
    const { lost, home } = await loseCache(at);
    expect(await replayUnwritten(lost, home.cache)).toEqual([]);
    expect(await curationOf(home)).toEqual(before);
    expect(await home.sync.flush()).toEqual({
      collections: [{ name: "default", saved: true, reason: null }],
    });
    expect(await curationOf(home)).toEqual(before);

    const { home: again } = await loseCache(at);
    await again.sync.refresh();
    expect(await curationOf(again)).toEqual(before);
  },
);

test.each(changes)(
  "%s is brought over once: a second replay changes nothing",
  async (_, change) => {
    const at = await open();
    await change(at.home.cache, at);
    const { lost, home } = await loseCache(at);
    await replayUnwritten(lost, home.cache);
    await home.sync.flush();
    const before = [await curationOf(home), await revisionsOf(home.cache), at.read()];
    await replayUnwritten(lost, home.cache);
    expect([await curationOf(home), await revisionsOf(home.cache), at.read()]).toEqual(before);
  },
);

test("after a replay the old cache brings only what is newer", async () => {
  const at = await open();
  await createGroup(at.home.cache, { collection, name: "New", ...plain });
  await updateCollection(at.home.cache, { collection, displayName: "Ours" });
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  await deleteGroup(home.cache, { collection, group: "New" });
  await updateCollection(home.cache, { collection, displayName: "Later" });
  await home.sync.flush();
  await createGroup(lost, { collection, name: "Newer", ...plain });
  await replayUnwritten(lost, home.cache);
  const { groups, name } = await curationOf(home);
  expect(groups.map((group) => group.name)).toEqual(["A", "B", "C", "Newer"]);
  expect(name).toBe("Later");
});

test("what was changed in the file or the new cache meanwhile stays, and wins where both changed, which is listed", async () => {
  const at = await open();
  await updateGroup(at.home.cache, { collection, group: "A", color: "#fff", icon: "shield" });
  await addMembers(at.home.cache, { collection, group: "C", members: ["mine"] });
  await deleteGroup(at.home.cache, { collection, group: "B" });
  at.write(TEXT.replace('["review"]', '["theirs", "review"]') + groupRow("D"));
  const { lost, home } = await loseCache(at);
  const { id } = await getGroup(home.cache, { collection, group: "A" });
  await updateGroup(home.cache, { collection, group: "A", color: "#000" });
  await replayUnwritten(lost, home.cache);
  const { groups } = await curationOf(home);
  expect(groups.map(({ name, color, icon }) => [name, color, icon])).toEqual([
    ["A", "#000", "shield"],
    ["C", "", ""],
    ["D", "", ""],
  ]);
  expect(groups[1]?.members.map((member) => member.ref)).toEqual(["theirs", "review", "mine"]);
  expect((await getGroup(home.cache, { collection, group: "A" })).id).toBe(id);
  const losses = await listLosses(home.cache, { collection });
  expect(losses.items).toMatchObject([
    { side: "cache", kind: "group", name: "A", field: "color", kept: "#000", lost: "#fff" },
  ]);
  await home.sync.flush();
  expect(at.read()).toContain('"mine"');
});

test("what can be read of a broken cache comes over, and what cannot is told", async () => {
  const at = await open();
  await createCollection(at.home.cache, { name: "aa" });
  await at.home.sync.ready("aa");
  await createGroup(at.home.cache, { ...plain, collection: "aa", name: "A" });
  await createGroup(at.home.cache, { collection, name: "New", ...plain });
  const { lost, home } = await loseCache(at);
  const { id } = await requireCollection(lost.db, "aa");
  await lost.db
    .insertInto("base_rows")
    .values({ collection_id: id, kind: "group", key: "a", place: 0, row: "{" })
    .execute();
  await expect(replayUnwritten(lost, home.cache)).rejects.toThrow(SyntaxError);
  const { groups } = await curationOf(home);
  expect(groups.map((group) => group.name)).toContain("New");
});

test("a clean collection is left alone, and a collection that is gone is named if it was unsaved", async () => {
  const at = await open();
  await createCollection(at.home.cache, { name: "clean" });
  await createCollection(at.home.cache, { name: "work" });
  await createGroup(at.home.cache, { ...plain, collection: "work", name: "A" });
  rmSync(join(at.root, "collections", "work"), { recursive: true });
  rmSync(join(at.root, "collections", "clean"), { recursive: true });
  const { lost, home } = await loseCache(at);
  expect(await replayUnwritten(lost, home.cache)).toEqual(["work"]);
  expect(await revisionsOf(home.cache)).toEqual([0, 0]);
  expect(await revisionsOf(lost)).toEqual([0, 0]);
});

test.each([
  ["missing", (at: TestHome) => rmSync(at.manifest)],
  ["unreadable", (at: TestHome) => at.write("[[groups\n")],
])("a collection comes over whole while its manifest is %s", async (_, spoil) => {
  const at = await open();
  await setArtifactTags(at.home.cache, { collection, id: "pdf", add: ["C++"], remove: [] });
  await at.home.sync.flush();
  const before = await curationOf(at.home);
  const text = at.read();
  spoil(at);
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  expect((await curationOf(home)).groups).toEqual(before.groups);
  expect((await curationOf(home)).tags).toEqual(before.tags);
  await replayUnwritten(lost, home.cache);
  expect(await revisionsOf(home.cache)).toEqual([1, 0]);
  at.write(text);
  await home.sync.flush();
  expect(at.read()).toBe(text);
  expect(await curationOf(home)).toEqual(before);
});

test("an artifact that is in the manifest alone comes over with its tags", async () => {
  const at = await open();
  await createGroup(at.home.cache, { collection, name: "New", ...plain, members: ["skill:gone"] });
  const row = '\n[[artifacts]]\nname = "gone"\ntype = "skill"\ntags = ["C++"]\n';
  at.write(TEXT + row);
  await at.home.sync.ready(collection);
  rmSync(at.manifest);
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  const artifact = await getArtifact(home.cache, { collection, id: "gone" });
  expect(artifact).toMatchObject({ tags: ["cpp"], missing: true, groups: ["New"] });
  await home.sync.flush();
  expect(at.read()).toContain('name = "gone"');
});
