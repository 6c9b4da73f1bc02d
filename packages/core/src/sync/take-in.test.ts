import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { createGroup, deleteGroup, updateGroup } from "../operations/groups.ts";
import { createTag, deleteTag, listTags } from "../operations/tags.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "", members: [] };
const tagRow = (slug: string) => `\n[[tag_definitions]]\nname = "${slug}"\nslug = "${slug}"\n`;

async function tagSlugs(at: TestHome): Promise<string[]> {
  await at.home.sync.ready(collection);
  const { items } = await listTags(at.home.cache, { collection });
  return items.map(({ slug }) => slug);
}

test("what was added here and in the file alike, and is deleted here then, does not come back", async () => {
  const at = await openTestHome(HEAD + tagRow("a") + groupRow("A"));
  await at.groupNames();
  const { cache, sync } = at.home;
  await createGroup(cache, { collection, name: "N", ...plain });
  await createTag(cache, { collection, name: "n", slug: "n", color: "", description: "" });
  at.write(HEAD + tagRow("a") + tagRow("n") + groupRow("A") + groupRow("n", "by-hand"));
  expect(await at.groupNames()).toEqual(["A", "N"]);
  await deleteGroup(cache, { collection, group: "N" });
  await deleteTag(cache, { collection, slug: "n" });
  expect(await sync.syncGroups(collection)).toEqual({ saved: true, reason: null });
  expect(await at.groupNames()).toEqual(["A"]);
  expect(await tagSlugs(at)).toEqual(["a"]);
  expect(at.read()).not.toContain("by-hand");
});

test("groups that a file adds under names that are taken here get others", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  await updateGroup(at.home.cache, { collection, group: "A", name: "Z" });
  await createGroup(at.home.cache, { collection, name: "Z (2)", ...plain });
  at.write(HEAD + groupRow("First") + groupRow("A") + groupRow("z", "by-hand"));
  expect(await at.groupNames()).toEqual(["First", "Z", "z (3)", "Z (2)"]);
});

test("tags that a file adds come in its order, behind those that are there, and are counted", async () => {
  const at = await openTestHome(HEAD + tagRow("a"));
  expect(await tagSlugs(at)).toEqual(["a"]);
  at.write(HEAD + tagRow("x") + tagRow("a") + tagRow("z") + tagRow("y"));
  const { collections } = await at.home.sync.refresh();
  expect(collections[0]?.tags).toEqual({ recovered: 3, skipped: null });
  expect(await tagSlugs(at)).toEqual(["a", "x", "z", "y"]);
});

test("a refresh says why nothing was recovered, and which members answer to nothing", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "pdf", "x", "y"));
  at.put("skills/pdf/SKILL.md", "");
  await at.groupNames();
  const members = { resolved: 1, unresolved: 2 };
  const again = await at.home.sync.refresh();
  expect(again.collections).toMatchObject([
    {
      groups: { recovered: 0, skipped: "cache-authoritative" },
      tags: { recovered: 0, skipped: "nothing-in-manifest" },
      members,
    },
  ]);
  rmSync(at.manifest);
  const without = await at.home.sync.refresh();
  expect(without.collections).toMatchObject([{ members, problems: [] }]);
});

test("what is committed and nobody tried to write is pending, and not written yet", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  await createGroup(at.home.cache, { collection, name: "A", ...plain });
  expect(await at.status()).toMatchObject({ state: "pending", reason: "not written yet" });
});
