import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listChanges } from "../history/list-changes.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const ROW = '\n[[artifacts]]\nname = "pdf"\ntype = "skill"\n';
const SKILL = "skills/pdf/SKILL.md";
const tagRow = (slug: string) => `\n[[tag_definitions]]\nname = "${slug}"\nslug = "${slug}"\n`;

/** What the log says of a reading of this text, without how it begins. */
async function found(at: TestHome, text: string): Promise<string[]> {
  await at.status();
  await at.home.cache.db.deleteFrom("changes").execute();
  at.write(text);
  await at.home.sync.refresh();
  const { items } = await listChanges(at.home.cache, { collection, limit: 9 });
  expect(items.every(({ action, origin }) => action === "file" && origin === "file")).toBe(true);
  return items.map(({ summary }) => summary.replace(/^Found in the files: /, ""));
}

test("what is found in a manifest is counted by its kind, and a single thing is named", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  const two = HEAD + tagRow("t") + groupRow("A") + groupRow("B") + groupRow("C");
  expect(await found(at, two)).toEqual(["1 tag added, 2 groups added"]);
  expect(await found(at, tagRow("u") + two)).toEqual(['tag "u" added']);
  expect(await found(at, `# mine\n${two}`)).toEqual([]);
});

test("with merge a new order is found, too", async () => {
  const at = await openTestHome(HEAD + groupRow("A") + groupRow("B"));
  writeFileSync(join(at.root, "config.toml"), 'external_edits = "merge"\n');
  expect(await found(at, HEAD + groupRow("B") + groupRow("A"))).toEqual(["another order"]);
});

test("an artifact whose row changed, with its files or alone, is named once", async () => {
  const at = await openTestHome(HEAD + ROW);
  at.put(SKILL, "---\ntitle: One\n---\n");
  await at.status();
  at.put(SKILL, "---\ntitle: Two\n---\n");
  const pdf = ['artifact "pdf" changed'];
  expect(await found(at, `${HEAD}${ROW}tags = ["t"]\n`)).toEqual(pdf);
  expect(await found(at, `${HEAD}${ROW}tags = ["t", "u"]\n`)).toEqual(pdf);
});

test("an artifact whose files came, changed in whatever, or went is found", async () => {
  const at = await openTestHome(HEAD);
  await at.status();
  for (const [text, change] of [
    ["title: One", "added"],
    ["title: Two", "changed"],
    ["title: Two\ntags: [t]", "changed"],
  ]) {
    at.put(SKILL, `---\n${text}\n---\n`);
    expect(await found(at, HEAD)).toEqual([`artifact "pdf" ${change}`]);
  }
  rmSync(join(at.folder, "skills"), { recursive: true });
  expect(await found(at, HEAD)).toEqual(['artifact "pdf" removed']);
});

test("also while the manifest is missing what came into the folders is found, but not by a fresh cache", async () => {
  const at = await openTestHome(HEAD);
  at.put(SKILL, "");
  await at.status();
  rmSync(at.manifest);
  at.put("commands/review.md", "");
  const logged = async () => {
    const { items } = await listChanges(at.home.cache, { collection, limit: 9 });
    return items.map(({ summary }) => summary);
  };
  await at.home.sync.refresh();
  expect(await logged()).toEqual(['Found in the files: artifact "review" added']);
  at.write("a = = 1\n");
  await at.reopen({ withoutCache: true });
  await at.status();
  expect(await logged()).toEqual([]);
});
