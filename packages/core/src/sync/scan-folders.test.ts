import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listChanges } from "../history/list-changes.ts";
import { addArtifacts } from "../operations/add-artifacts.ts";
import { listArtifacts } from "../operations/artifacts.ts";
import { createGroup } from "../operations/groups.ts";
import { setArtifactTags } from "../operations/set-tags.ts";
import { artifactAddInputSchema } from "../schema/artifact.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const SKILL = "skills/pdf/SKILL.md";
const frontmatter = (text: string) => `---\n${text}\n---\n`;

async function shown(at: TestHome) {
  await at.home.sync.refresh();
  const { items } = await listArtifacts(at.home.cache, { collection, limit: 100 });
  return items.map(({ id, tags, missing }) => [id, missing ? "missing" : "there", ...tags]);
}

/** The words of the tags as they are stored, with where they stand. */
async function stored(at: TestHome) {
  await at.home.sync.refresh();
  const rows = await at.home.cache.db
    .selectFrom("artifact_tags")
    .select(["origin", "slug", "word"])
    .orderBy("origin")
    .orderBy("position")
    .execute();
  return rows.map(({ origin, slug, word }) => [origin, slug, word]);
}

test("tags of the files are as they stand there now: each once, in their order, without blanks", async () => {
  const at = await openTestHome(HEAD);
  for (const [tags, wanted] of [
    ["[a, b, ' ', a]", ["a", "b"]],
    ["[b, a]", ["b", "a"]],
    ["[b]", ["b"]],
    ["[B]", ["B"]],
    ["[]", []],
  ] as const) {
    at.put(SKILL, frontmatter(`tags: ${tags}`));
    const rows = wanted.map((word) => ["frontmatter", word.toLowerCase(), word]);
    expect(await stored(at)).toEqual(rows);
  }
});

test("a tag may stand in the files, in the row, or in both", async () => {
  const row = '\n[[artifacts]]\nname = "pdf"\ntype = "skill"\n';
  const at = await openTestHome(`${HEAD}${row}tags = ["a"]\n`);
  at.put(SKILL, frontmatter("tags: [a, b]"));
  expect(await stored(at)).toEqual([
    ["frontmatter", "a", "a"],
    ["frontmatter", "b", "b"],
    ["manifest", "a", "a"],
  ]);
  at.put(SKILL, "");
  expect(await stored(at)).toEqual([["manifest", "a", "a"]]);
  at.write(HEAD + row);
  at.put(SKILL, frontmatter("tags: [a]"));
  expect(await stored(at)).toEqual([["frontmatter", "a", "a"]]);
});

test("what came and what went is counted, and what is there is found again", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "pdf"));
  for (const name of ["a", "b", "pdf"]) at.put(`skills/${name}/SKILL.md`, "");
  const scanned = async () => (await at.home.sync.refresh()).collections[0]?.artifacts;
  expect(await scanned()).toEqual({ found: 3, added: 3, removed: 0 });
  expect(await scanned()).toEqual({ found: 3, added: 0, removed: 0 });
  for (const name of ["a", "b"]) rmSync(join(at.folder, "skills", name), { recursive: true });
  at.put("commands/pdf.md", "");
  expect(await scanned()).toEqual({ found: 2, added: 1, removed: 2 });
  expect(await shown(at)).toEqual([
    ["command:pdf", "there"],
    ["skill:pdf", "there"],
  ]);
});

test("a tag put on an artifact whose files go before it is written is written all the same", async () => {
  const at = await openTestHome(HEAD);
  at.put(SKILL, "");
  await at.home.sync.refresh();
  await setArtifactTags(at.home.cache, { collection, id: "pdf", add: ["urgent"], remove: [] });
  rmSync(join(at.folder, "skills"), { recursive: true });
  expect(await shown(at)).toEqual([["skill:pdf", "missing", "urgent"]]);
  expect(at.read()).toContain('tags = ["urgent"]');
  at.write(HEAD);
  expect(await shown(at)).toEqual([]);
});

test("while something is unsaved, what comes and goes in the files and in the manifest is taken", async () => {
  const at = await openTestHome(HEAD);
  at.put(SKILL, "");
  at.put("commands/gone.md", "");
  await at.home.sync.refresh();
  const plain = { description: "", color: "", icon: "", members: [] };
  await createGroup(at.home.cache, { collection, name: "A", ...plain });
  rmSync(join(at.folder, "commands"), { recursive: true });
  at.write(`${HEAD}\n[[artifacts]]\nname = "ghost"\ntype = "skill"\ntags = ["t"]\n`);
  expect(await shown(at)).toEqual([
    ["skill:ghost", "missing", "t"],
    ["skill:pdf", "there"],
  ]);
});

test("a tag put on an artifact whose row somebody removed meanwhile is written", async () => {
  const at = await openTestHome(`${HEAD}\n[[artifacts]]\nname = "pdf"\ntype = "skill"\n`);
  at.put(SKILL, "");
  await at.home.sync.refresh();
  await setArtifactTags(at.home.cache, { collection, id: "pdf", add: ["urgent"], remove: [] });
  at.write(HEAD);
  await at.home.sync.flush();
  expect(at.read()).toContain('tags = ["urgent"]');
});

test("while the manifest is unreadable, rows stay as they were, and files are read", async () => {
  const row = (name: string, more: string) =>
    `\n[[artifacts]]\nname = "${name}"\ntype = "skill"\n${more}\n`;
  const text = `${HEAD}${row("ghost", 'path = "skills/ghost"\ntitle = "G"\ndescription = "D"\ntags = ["t"]')}${row("pdf", "")}${row("spirit", "")}`;
  const at = await openTestHome(text);
  at.put(SKILL, frontmatter("tags: [a]"));
  at.put("skills/loose/SKILL.md", "");
  await at.home.sync.refresh();
  const before = await at.curation();
  at.write("<<<<<<<\n");
  await at.home.sync.refresh();
  expect(await at.curation()).toEqual(before);
  for (const name of ["pdf", "loose"]) {
    rmSync(join(at.folder, "skills", name), { recursive: true });
  }
  at.put("skills/new/SKILL.md", frontmatter("tags: [n]"));
  expect(await shown(at)).toEqual([
    ["skill:ghost", "missing", "t"],
    ["skill:new", "there", "n"],
    ["skill:pdf", "missing"],
    ["skill:spirit", "missing"],
  ]);
  at.write(text);
  await at.home.sync.flush();
  expect(at.read()).toBe(text);
});

test("an artifact added here has its row written, whatever is scanned before", async () => {
  const at = await openTestHome(HEAD);
  await at.home.sync.refresh();
  const source = join(at.root, "repository", "pdf");
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, "SKILL.md"), "");
  const input = artifactAddInputSchema.parse({ collection, paths: [source] });
  await addArtifacts(at.home.cache, input);
  at.write(`${HEAD}# theirs\n`);
  await at.home.sync.refresh();
  expect(at.read()).toContain('name = "pdf"');
});

test("a row that somebody took out is not written again with what is", async () => {
  const at = await openTestHome(`${HEAD}\n[[artifacts]]\nname = "pdf"\ntype = "skill"\n`);
  at.put(SKILL, "");
  await at.home.sync.refresh();
  at.write(HEAD);
  await at.home.sync.refresh();
  await at.addGroup("A");
  expect(at.read()).toContain('name = "A"');
  expect(at.read()).not.toContain("[[artifacts]]");
  const rows = at.home.cache.db.selectFrom("artifacts").select(["name", "in_manifest"]);
  expect(await rows.execute()).toEqual([{ name: "pdf", in_manifest: 0 }]);
});

test("that the files of an unsaved artifact went is found once", async () => {
  const at = await openTestHome(HEAD);
  at.put(SKILL, "");
  await at.home.sync.refresh();
  await setArtifactTags(at.home.cache, { collection, id: "pdf", add: ["urgent"], remove: [] });
  rmSync(join(at.folder, "skills"), { recursive: true });
  for (const round of [1, 2]) {
    at.write(`${HEAD}# round ${round}\n`);
    expect(await at.status()).toMatchObject({ state: "pending" });
  }
  const { items } = await listChanges(at.home.cache, { collection, limit: 9 });
  expect(items.filter(({ origin }) => origin === "file").map(({ summary }) => summary)).toEqual([
    'Found in the files: artifact "pdf" changed',
  ]);
});
