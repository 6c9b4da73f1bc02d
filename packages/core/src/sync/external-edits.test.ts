import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listLosses, resolveLosses } from "../operations/losses.ts";
import { deleteGroup, listGroups, updateGroup } from "../operations/groups.ts";
import { addMembers } from "../operations/members.ts";
import { setArtifactTags } from "../operations/set-tags.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const ROW = '\n[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["old"]\n';
const TAG = '\n[[tag_definitions]]\nname = "Old"\nslug = "old"\ncolor = "#fff"\n';
const START = HEAD + ROW + TAG + groupRow("A", "x") + groupRow("B", "y");

function merging(at: TestHome): void {
  writeFileSync(join(at.root, "config.toml"), 'external_edits = "merge"\n');
}

async function opened(text = START): Promise<TestHome> {
  const at = await openTestHome(text);
  await at.home.sync.ready(collection);
  return at;
}

async function groupsOf(at: TestHome) {
  await at.home.sync.ready(collection);
  const { items } = await listGroups(at.home.cache, { collection });
  return items.map(({ name, color, members }) => [name, color, ...members.map(({ ref }) => ref)]);
}

async function losses(at: TestHome) {
  const { items } = await listLosses(at.home.cache, {});
  return items.map(({ side, kind, name, field, kept, lost }) => [
    side,
    kind,
    name,
    field,
    kept,
    lost,
  ]);
}

function colored(text: string, color: string): string {
  return text.replace('name = "A"\n', `name = "A"\ncolor = "${color}"\n`);
}

const color = (at: TestHome, value: string) =>
  updateGroup(at.home.cache, { collection, group: "A", color: value });

test("by default a value that the file lost is listed with its backup, until it is seen", async () => {
  const at = await opened();
  at.write(colored(START, "#aaa").replace('["y"]', '["y", "z"]') + groupRow("Team's"));
  expect((await at.status()).state).toBe("drifted");
  expect(await losses(at)).toEqual([]);
  await at.addGroup("Mine");
  expect(await losses(at)).toEqual([
    ["file", "group", "B", "members", "y", "added z"],
    ["file", "group", "A", "color", "", "#aaa"],
  ]);
  expect((await at.groupNames()).toSorted()).toEqual(["A", "B", "Mine", "Team's"]);
  const { items } = await listLosses(at.home.cache, { collection });
  expect(at.backups()).toEqual([expect.stringContaining("#aaa")]);
  expect(items.map(({ backup }) => backup)).toEqual([
    expect.stringMatching(/Z-[0-9a-f]{8}$/),
    items[0]?.backup,
  ]);
  expect((await at.status()).losses).toBe(2);

  const [first] = items;
  const ids = [first?.id ?? 0];
  expect(await resolveLosses(at.home.cache, { ids })).toEqual({ resolved: [first] });
  await expect(resolveLosses(at.home.cache, { ids })).rejects.toMatchObject({ code: "not-found" });
  await resolveLosses(at.home.cache, { collection });
  expect((await at.status()).losses).toBe(0);
});

test("what the cache changed as well loses nothing of the file but that, and a delete there is listed", async () => {
  const at = await opened();
  await deleteGroup(at.home.cache, { collection, group: "B" });
  at.write(HEAD + TAG + groupRow("B", "y", "z"));
  await at.home.sync.flush();
  expect(await losses(at)).toEqual([
    ["file", "group", "B", "row", "deleted", "changed"],
    ["file", "group", "A", "row", "kept", "deleted"],
  ]);
});

test("of a list that was reordered the order is listed, of one that was cut what went", async () => {
  const both = groupRow("B", "x", "y", "z") + groupRow("C", "x", "y");
  const at = await opened(HEAD + groupRow("A", "x", "y") + both);
  at.write(HEAD + groupRow("A", "y", "x") + groupRow("B", "x") + groupRow("C", "v", "w"));
  await at.addGroup("Mine");
  expect(await losses(at)).toEqual([
    ["file", "group", "C", "members", "x, y", "added v, w; removed x, y"],
    ["file", "group", "B", "members", "x, y, z", "removed y, z"],
    ["file", "group", "A", "members", "x, y", "y, x"],
  ]);
});

test("with merge each side's changes come together, and are written", async () => {
  const at = await opened();
  merging(at);
  await color(at, "blue");
  await addMembers(at.home.cache, { collection, group: "A", members: ["here"] });
  await setArtifactTags(at.home.cache, { collection, id: "pdf", add: ["here"], remove: [] });
  const theirs = START.replace('["x"]', '["there", "x"]')
    .replace('name = "B"', 'name = "Renamed"')
    .replace('tags = ["old"]', 'tags = ["old", "there"]');
  at.write(`${theirs}# theirs\n`);
  expect(await groupsOf(at)).toEqual([
    ["A", "blue", "there", "x", "here"],
    ["Renamed", "", "y"],
  ]);
  const text = at.read();
  expect(text).toContain('members = ["there", "x", "here"]');
  expect(text).toContain("# theirs");
  expect(text).toMatch(/tags = \["old", "there", "here"\]/);
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0, losses: 0 });
  expect(at.backups()).toEqual([`${theirs}# theirs\n`]);
});

test("with merge both changed is the file's, and the cache's is listed; a delete there is taken", async () => {
  const at = await opened();
  merging(at);
  await color(at, "blue");
  at.write(colored(HEAD + ROW + TAG + groupRow("A", "x"), "rose"));
  expect(await groupsOf(at)).toEqual([["A", "rose", "x"]]);
  expect(await losses(at)).toEqual([["cache", "group", "A", "color", "rose", "blue"]]);
  expect(at.backups()).toEqual([]);
});

test("with merge what was deleted here and changed there is back, as the one that it was", async () => {
  const at = await opened();
  writeFileSync(join(at.root, "config.toml"), '[collections.default]\nexternal_edits = "merge"\n');
  await deleteGroup(at.home.cache, { collection, group: "A" });
  at.write(`# top\n${colored(START, "rose")}`);
  expect((await groupsOf(at)).toSorted()).toEqual([
    ["A", "rose", "x"],
    ["B", "", "y"],
  ]);
  expect(at.read()).toBe(`# top\n${colored(START, "rose")}`);
});

test("settings that cannot be read keep nobody from a collection: then the default holds", async () => {
  const at = await opened();
  writeFileSync(join(at.root, "config.toml"), "external_edits = ???\n");
  at.write(colored(START, "rose"));
  expect((await at.status()).state).toBe("drifted");
});

test.each(["unreadable", "missing"] as const)(
  "after the manifest was %s both sides' work is there, and no group is gone",
  async (state) => {
    const at = await opened();
    if (state === "missing") rmSync(at.manifest);
    else at.write(`<<<<<<< HEAD\n${START}=======\n>>>>>>> theirs\n`);
    expect((await at.status()).state).toBe(state);
    await addMembers(at.home.cache, { collection, group: "A", members: ["here"] });
    await color(at, "blue");
    at.write(HEAD + ROW + groupRow("A", "there", "x") + groupRow("New"));
    expect(await groupsOf(at)).toEqual([
      ["A", "blue", "there", "x", "here"],
      ["New", ""],
      ["B", "", "y"],
    ]);
    await at.home.sync.flush();
    expect(at.read()).toContain('members = ["there", "x", "here"]');
    expect(await losses(at)).toEqual([]);
  },
);

test("what came in from the files is in the log of changes, and a recovery is not", async () => {
  const at = await opened();
  const logged = () =>
    at.home.cache.db.selectFrom("changes").select(["origin", "summary"]).execute();
  expect(await logged()).toEqual([]);
  at.write(START + groupRow("New"));
  at.put("skills/late/SKILL.md", "");
  await at.status();
  at.write(START.replace(groupRow("B", "y"), "") + groupRow("New") + groupRow("Newer"));
  await at.status();
  expect(await logged()).toEqual([
    { origin: "file", summary: "Found in the files: 1 group added, 1 artifact added" },
    { origin: "file", summary: 'Found in the files: group "Newer" added' },
  ]);
  merging(at);
  at.write(TAG.replace('"old"', '"older"') + HEAD + ROW + groupRow("Newer") + groupRow("A"));
  await at.status();
  const { touched } = await at.home.cache.db
    .selectFrom("changes")
    .select("touched")
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  const entities: unknown = JSON.parse(touched);
  expect(entities).toMatchObject([
    { kind: "collection", change: "changed" },
    { kind: "tag", id: "old", name: "Old", change: "removed" },
    { kind: "tag", id: "older", change: "added" },
    { kind: "group", name: "A", change: "changed" },
    { kind: "group", name: "B", change: "removed" },
    { kind: "group", name: "New", change: "removed" },
    { kind: "artifact", id: "skill:pdf", name: "pdf", change: "changed" },
  ]);
});

test("a save in place that is met while the file is empty is taken as any other edit", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  for (const state of ["missing", "drifted"]) {
    at.write(state === "missing" ? "" : `${HEAD}\n[[groups]]\nname = "A"\ncolor = "rose"\n`);
    expect(await at.status()).toMatchObject({ state });
  }
  const { items } = await listGroups(at.home.cache, { collection: "default" });
  expect(items).toMatchObject([{ name: "A", color: "" }]);
});
