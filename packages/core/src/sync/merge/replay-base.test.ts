import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { deleteGroup, listGroups, updateGroup } from "../../operations/groups.ts";
import { createTag, deleteTag, listTags, updateTag } from "../../operations/tags.ts";
import { groupRow, HEAD, openTestHome } from "../testing/test-home.ts";
import { replayUnwritten } from "./replay.ts";
import { loseCache } from "./testing/lost-cache.ts";

const collection = "default";

test("what is deleted before a manifest that was missing comes back does not come back with it", async () => {
  const text = HEAD + groupRow("A") + groupRow("B");
  const at = await openTestHome(text);
  await at.groupNames();
  rmSync(at.manifest);
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  await deleteGroup(home.cache, { collection, group: "A" });
  at.write(text);
  await home.sync.flush();
  const { items } = await listGroups(home.cache, { collection });
  expect(items.map(({ name }) => name)).toEqual(["B"]);
  expect(at.read()).not.toContain('"A"');
});

test("what was deleted in the old cache does not come back with a manifest that was missing, and what was changed in that stands", async () => {
  const tag = (slug: string) =>
    `\n[[tag_definitions]]\nname = "${slug}"\nslug = "${slug}"\nnote = "of ${slug}"\n`;
  const text = HEAD + tag("cpp") + tag("go") + tag("java") + tag("rust") + groupRow("A");
  const at = await openTestHome(text + groupRow("B"));
  await at.groupNames();
  const whole = at.read();
  await deleteGroup(at.home.cache, { collection, group: "B" });
  for (const slug of ["cpp", "java"]) await deleteTag(at.home.cache, { collection, slug });
  rmSync(at.manifest);
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  const colored = (row: string) => row.replace("note", 'color = "#ffffff"\nnote');
  at.write(whole.replace(tag("go"), colored(tag("go"))));
  await home.sync.flush();
  const left = HEAD + colored(tag("go")) + tag("rust") + groupRow("A");
  expect(at.read().replace(/^updated.*/m, "")).toBe(left.replace(/^updated.*/m, ""));
});

test("a group that was renamed and changed here is known by its id, and keeps what else stands in its row", async () => {
  const at = await openTestHome(`${HEAD}${groupRow("A", "x")}note = "mine"\n`);
  await at.groupNames();
  const { cache } = at.home;
  await updateGroup(cache, { collection, group: "A", name: "Z", icon: "star" });
  await cache.db.deleteFrom("group_members").execute();
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  await home.sync.flush();
  expect(at.read()).toContain('note = "mine"');
  expect(at.read()).toContain('name = "Z"');
});

test("ids of the new cache are its own: a tag is not taken for the one that had its id", async () => {
  const row = (slug: string) => `\n[[tag_definitions]]\nname = "${slug}"\nslug = "${slug}"\n`;
  const at = await openTestHome(HEAD + row("cpp") + row("go"));
  await at.groupNames();
  at.write(HEAD + row("go") + row("cpp"));
  await at.groupNames();
  await updateTag(at.home.cache, { collection, slug: "cpp", color: "#ffffff" });
  const { lost, home } = await loseCache(at);
  await replayUnwritten(lost, home.cache);
  const { items } = await listTags(home.cache, { collection });
  const colors = Object.fromEntries(items.map(({ slug, color }) => [slug, color]));
  expect(colors).toEqual({ cpp: "#ffffff", go: "" });
});

test("of a manifest that could never be read nothing is known, however often a cache is replayed", async () => {
  const at = await openTestHome("<<<<<<< HEAD\n");
  await at.groupNames();
  const { lost, home } = await loseCache(at);
  for (const _ of ["by this process", "by another"]) await replayUnwritten(lost, home.cache);
  const tag = { name: "Go", color: "", description: "made meanwhile" };
  await createTag(home.cache, { collection, ...tag });
  at.write(`${HEAD}\n[[tag_definitions]]\nname = "Go"\nslug = "go"\n`);
  await home.sync.flush();
  const { items } = await listTags(home.cache, { collection });
  expect(items).toMatchObject([{ slug: "go", description: "made meanwhile" }]);
  expect(at.read()).toContain('"made meanwhile"');
});
