import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { getArtifact, listArtifacts } from "../operations/artifacts.ts";
import { removeArtifact } from "../operations/remove-artifact.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const NOT_ROOT = "only root can become a user whom modes stop";

/**
 * A home of two skills, of which the user that does the work may not see the files.
 * @param hidden what may not be looked into, below the home
 */
async function withHiddenSkills(
  rows = "",
  hidden = "collections/default/skills",
): Promise<TestHome> {
  const at = await openTestHome(HEAD + rows + groupRow("G", "a", "b"));
  for (const name of ["a", "b"]) {
    at.put(`skills/${name}/SKILL.md`, `---\ntitle: The ${name}\ntags: [t]\n---\n`);
  }
  at.put("commands/c.md", "");
  await at.home.sync.refresh();
  execFileSync("chmod", ["-R", "a+rwX", at.root]);
  execFileSync("chmod", ["000", join(at.root, hidden)]);
  process.seteuid?.(NOBODY);
  onTestFinished(() => process.seteuid?.(0));
  return at;
}

async function shown(at: TestHome) {
  const { items } = await listArtifacts(at.home.cache, { collection, limit: 100 });
  return items.map(({ id, title, tags, missing }) => ({ id, title, tags, missing }));
}

const COMMAND = { id: "command:c", title: "c", tags: [], missing: false };

function skill(name: string, ...tags: string[]) {
  return { id: `skill:${name}`, title: `The ${name}`, tags, missing: false };
}

test("artifacts in a folder that cannot be read just now stay as they were, and the folder is reported", async ({
  skip,
}) => {
  skip(!isRoot, NOT_ROOT);
  const at = await withHiddenSkills();
  const { collections } = await at.home.sync.refresh();
  expect(collections[0]).toMatchObject({ artifacts: { removed: 0 }, members: { unresolved: 0 } });
  expect(collections[0]?.problems).toMatchObject([{ file: "skills", line: 0 }]);
  expect(await shown(at)).toEqual([skill("a", "t"), skill("b", "t"), COMMAND]);
  rmSync(join(at.folder, "commands", "c.md"));
  await at.home.sync.refresh();
  expect(await shown(at)).toEqual([skill("a", "t"), skill("b", "t")]);
});

test("what its row says of such an artifact is taken, but it is missing only if it was", async ({
  skip,
}) => {
  skip(!isRoot, NOT_ROOT);
  const row = (name: string, tag: string) =>
    `\n[[artifacts]]\nname = "${name}"\ntype = "skill"\npath = "skills/${name}"\ntags = ["${tag}"]\n`;
  const at = await withHiddenSkills(row("a", "old") + row("ghost", "old"));
  const { path } = await getArtifact(at.home.cache, { collection, id: "skill:a" });
  expect((await shown(at)).map(({ id, missing }) => [id, missing])).toEqual([
    ["skill:a", false],
    ["skill:b", false],
    ["command:c", false],
    ["skill:ghost", true],
  ]);
  at.write(HEAD + row("a", "new") + groupRow("G", "a", "b"));
  await at.home.sync.refresh();
  expect(await shown(at)).toEqual([skill("a", "t", "new"), skill("b", "t"), COMMAND]);
  expect((await getArtifact(at.home.cache, { collection, id: "skill:a" })).path).toBe(path);
});

test.for(["collections/default/skills/a", "collections"])(
  "nothing that was below %s goes while that may not be looked into",
  async (hidden, { skip }) => {
    skip(!isRoot, NOT_ROOT);
    const at = await withHiddenSkills("", hidden);
    await at.home.sync.refresh(collection);
    expect(await shown(at)).toEqual([skill("a", "t"), skill("b", "t"), COMMAND]);
  },
);

test("an artifact in such a folder is not removed, since its files could not be", async ({
  skip,
}) => {
  skip(!isRoot, NOT_ROOT);
  const at = await withHiddenSkills();
  await at.home.sync.refresh();
  await expect(removeArtifact(at.home.cache, { collection, id: "skill:a" })).rejects.toMatchObject({
    message: expect.stringMatching(/EACCES|permission/),
  });
  process.seteuid?.(0);
  expect(existsSync(join(at.folder, "skills", "a", "SKILL.md"))).toBe(true);
  expect(await shown(at)).toHaveLength(3);
});

test("an artifact that the last scan missed goes to the trash with its files, and does not come back", async () => {
  const at = await openTestHome(HEAD);
  at.put("skills/a/SKILL.md", "Do.\n");
  await at.home.sync.refresh();
  await at.home.cache.db.updateTable("artifacts").set({ missing: 1 }).execute();
  await removeArtifact(at.home.cache, { collection, id: "skill:a" });
  await at.home.sync.syncArtifacts(collection);
  await at.home.sync.refresh();
  expect(await shown(at)).toEqual([]);
  expect(readdirSync(join(at.root, "trash", collection))).toHaveLength(1);
});

test("one folder that may not be looked into takes no other collection down", async ({ skip }) => {
  skip(!isRoot, NOT_ROOT);
  const at = await openTestHome(HEAD + groupRow("A"));
  const other = join(at.root, "collections", "closed");
  execFileSync("mkdir", [other]);
  writeFileSync(join(other, "collection.toml"), HEAD);
  execFileSync("chmod", ["-R", "a+rwX", at.root]);
  execFileSync("chmod", ["000", other]);
  process.seteuid?.(NOBODY);
  onTestFinished(() => process.seteuid?.(0));
  expect(await at.groupNames()).toEqual(["A"]);
  const { collections } = await at.home.sync.status();
  expect(collections.map(({ name, state }) => [name, state])).toEqual([
    ["closed", "unreadable"],
    ["default", "clean"],
  ]);
});
