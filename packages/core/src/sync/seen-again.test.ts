import { renameSync } from "node:fs";
import { expect, test } from "vitest";
import { listArtifacts } from "../operations/artifacts.ts";
import { updateGroup } from "../operations/groups.ts";
import { listTags, updateTag } from "../operations/tags.ts";
import { setArtifactTags } from "../operations/set-tags.ts";
import { groupRow, HEAD, openTestHome } from "./testing/test-home.ts";

const collection = "default";
const ROW = '\n[[artifacts]]\nname = "pdf"\ntype = "skill"\n';

test("a folder that was away and is back as it was has its artifacts again, without a refresh", async () => {
  const at = await openTestHome(HEAD + ROW);
  at.put("skills/pdf/SKILL.md", "---\ntags: [loose]\n---\n");
  at.put("commands/loose.md", "");
  await at.home.sync.refresh();
  const before = await at.curation();
  renameSync(at.folder, `${at.root}/away`);
  expect((await at.status()).state).toBe("missing");
  renameSync(`${at.root}/away`, at.folder);
  expect((await at.status()).state).toBe("clean");
  expect(await at.curation()).toEqual(before);
});

test("a folder that comes back while something is unsaved has its artifacts again, whoever writes first", async () => {
  const at = await openTestHome(HEAD + ROW);
  at.put("skills/pdf/SKILL.md", "");
  at.put("commands/review.md", "");
  await at.home.sync.refresh();
  renameSync(at.folder, `${at.root}/away`);
  expect(await at.addGroup("A", ["review"])).toMatchObject({ saved: false });
  renameSync(`${at.root}/away`, at.folder);
  await at.home.cache.db.updateTable("collections").set({ next_try: null }).execute();
  await at.home.sync.retryDue();
  expect((await at.status()).unresolvedMembers).toEqual([]);
  const { items } = await listArtifacts(at.home.cache, { collection, limit: 9 });
  expect(items.map(({ id, missing }) => [id, missing])).toEqual([
    ["skill:pdf", false],
    ["command:review", false],
  ]);
  expect(at.read()).toContain('members = ["review"]');
});

test("a text of ours that somebody brings back is an edit: what only it has is taken, not removed from it", async () => {
  const at = await openTestHome(HEAD + ROW);
  await at.home.sync.ready(collection);
  const input = { collection, id: "pdf", add: ["urgent"], remove: [] };
  await setArtifactTags(at.home.cache, input);
  await at.home.sync.syncArtifacts(collection);
  const ours = at.read();
  const tags = async () => {
    await at.home.sync.ready(collection);
    const { items } = await listArtifacts(at.home.cache, { collection, limit: 9 });
    return items.map((artifact) => artifact.tags);
  };
  at.write(HEAD + ROW);
  expect(await tags()).toEqual([[]]);
  at.write(ours);
  expect(await tags()).toEqual([["urgent"]]);
  await at.addGroup("A");
  expect(at.read()).toContain('tags = ["urgent"]');
});

test("a text of ours that somebody brings back is drift where the cache took more meanwhile", async () => {
  const at = await openTestHome(HEAD);
  await at.addGroup("A");
  const ours = at.read();
  at.write(ours + groupRow("B"));
  expect(await at.groupNames()).toEqual(["A", "B"]);
  at.write(ours);
  expect(await at.groupNames()).toEqual(["A", "B"]);
  expect((await at.status()).state).toBe("drifted");
});

test("a new group in the file that bears the name of one renamed here is taken once", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "x"));
  await at.home.sync.ready(collection);
  const whole = at.read();
  at.write("<<<<<<<\n");
  await at.status();
  await updateGroup(at.home.cache, { collection, group: "A", name: "C" });
  at.write(whole + groupRow("C", "y"));
  // The first reading after that merges, and the file's names stand.
  expect(await at.groupNames()).toEqual(["C (2)", "C"]);
  await at.home.sync.flush();
  expect(await at.groupNames()).toEqual(["C (2)", "C"]);
});

test("a tag put on an artifact whose row somebody wrote otherwise is saved", async () => {
  const at = await openTestHome(HEAD + ROW + 'tags = ["urgent"]\n' + groupRow("A"));
  at.put("skills/pdf/SKILL.md", "");
  await at.home.sync.ready(collection);
  at.write(HEAD + ROW + 'path = "skills/pdf"\ntags = []\n');
  expect((await at.status()).state).toBe("drifted");
  const input = { collection, id: "pdf", add: ["urgent"], remove: [] };
  await setArtifactTags(at.home.cache, input);
  expect(await at.home.sync.syncArtifacts(collection)).toMatchObject({ saved: true });
  expect(at.read()).toContain('tags = ["urgent"]');
});

test("a definition in the file with the slug that a tag got here does not take the tag's values", async () => {
  const alpha = '\n[[tag_definitions]]\nname = "Alpha"\nslug = "alpha"\ncolor = "#111"\n';
  const other = '\n[[tag_definitions]]\nname = "Theirs"\nslug = "other"\ncolor = "#333"\n';
  const at = await openTestHome(HEAD + alpha);
  await at.home.sync.ready(collection);
  await updateTag(at.home.cache, { collection, slug: "alpha", newSlug: "other", color: "#222" });
  at.write(HEAD + alpha + other);
  const tags = async () => {
    await at.home.sync.ready(collection);
    const { items } = await listTags(at.home.cache, { collection });
    return items.map(({ slug, name, color }) => ({ slug, name, color }));
  };
  const ours = [{ slug: "other", name: "Alpha", color: "#222" }];
  expect(await tags()).toEqual(ours);
  await at.home.sync.flush();
  expect(await tags()).toEqual(ours);
  expect(at.backups().join("")).toContain("#333");
  await at.reopen({ withoutCache: true });
  expect(await tags()).toEqual(ours);
});

test("what a mended manifest brings is no change that waits to be saved", async () => {
  const at = await openTestHome(HEAD + ROW + groupRow("A"));
  at.put("skills/pdf/SKILL.md", "");
  await at.groupNames();
  at.write("<<<<<<< HEAD\n");
  expect(await at.addGroup("B")).toMatchObject({ saved: false });
  at.write(HEAD + `${ROW}tags = ["theirs"]\n` + groupRow("A"));
  expect(await at.groupNames()).toEqual(["A", "B"]);
  expect(await at.status()).toMatchObject({ state: "pending", unsaved: 1 });
  await at.home.sync.flush();
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
  expect(at.read()).toContain('tags = ["theirs"]');
});
