import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { mutate } from "../cache/commit.ts";
import { openAsItIs } from "../cache/open.ts";
import { openHome } from "../home.ts";
import { createGroup, deleteGroup, updateGroup } from "../operations/groups.ts";
import { createTag, deleteTag, updateTag } from "../operations/tags.ts";
import { setArtifactTags } from "../operations/set-tags.ts";
import { lookAt } from "./look.ts";
import { groupRow, HEAD, openTestHome } from "./testing/test-home.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "" };

test("in cache and file, equal: the cache's, and nothing is written", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "x"));
  const before = at.read();
  await at.home.sync.refresh();
  const again = await at.home.sync.refresh();
  expect(again.collections[0]?.groups).toEqual({ recovered: 0, skipped: "cache-authoritative" });
  expect(at.read()).toBe(before);
  expect((await at.status()).state).toBe("clean");
});

test("in cache and file, unequal: the cache's, the difference is drift, and it is backed up before it is overwritten", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "x"));
  await at.groupNames();
  const edited = HEAD + groupRow("A", "x", "by-hand");
  at.write(edited);
  await at.home.sync.refresh();
  const status = await at.status();
  expect(status.state).toBe("drifted");
  expect(status.reason).toContain("changed elsewhere");
  expect(at.read()).toBe(edited);
  expect(at.backups()).toEqual([]);

  expect(await at.addGroup("B")).toEqual({ saved: true, reason: null });
  expect(at.backups()).toEqual([edited]);
  expect(at.read()).not.toContain("by-hand");
  expect((await at.status()).state).toBe("clean");
});

test("in the file only, base null: created; this is the recovery and it writes nothing", async () => {
  const text = HEAD + groupRow("B", "x") + groupRow("A");
  const at = await openTestHome(text);
  const { collections } = await at.home.sync.refresh();
  expect(collections[0]?.groups).toEqual({ recovered: 2, skipped: null });
  expect(collections[0]?.members).toEqual({ resolved: 0, unresolved: 1 });
  expect(await at.groupNames()).toEqual(["B", "A"]);
  expect(at.read()).toBe(text);
});

test("in the file only, not in the base: somebody added it, and it is created in its place", async () => {
  const at = await openTestHome(HEAD + groupRow("A") + groupRow("C"));
  await at.groupNames();
  at.write(HEAD + groupRow("Zero") + groupRow("A") + groupRow("B") + groupRow("C"));
  expect(await at.groupNames()).toEqual(["Zero", "A", "B", "C"]);
  expect((await at.status()).state).toBe("clean");
});

test("in the file only, in the base: deleted here, and the delete is written", async () => {
  const at = await openTestHome(HEAD + groupRow("A") + groupRow("B"));
  await at.groupNames();
  await deleteGroup(at.home.cache, { collection, group: "A" });
  expect((await at.status()).state).toBe("pending");
  await at.home.sync.refresh();
  expect(await at.groupNames()).toEqual(["B"]);
  expect(at.read()).not.toContain('"A"');
});

test("in the cache only: kept, and written at the next write-through", async () => {
  const at = await openTestHome(HEAD + groupRow("A") + groupRow("B"));
  await at.groupNames();
  at.write(HEAD + groupRow("B"));
  await at.home.sync.refresh();
  expect(await at.groupNames()).toEqual(["A", "B"]);
  expect((await at.status()).state).toBe("drifted");
  await at.addGroup("C");
  expect(at.read()).toContain('"A"');
  expect(at.backups()).toEqual([HEAD + groupRow("B")]);
});

test("what was taken from an edited file and then deleted here does not come back", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "x"));
  await at.groupNames();
  at.write(HEAD + groupRow("A", "by-hand") + groupRow("New"));
  expect(await at.groupNames()).toEqual(["A", "New"]);
  await deleteGroup(at.home.cache, { collection, group: "New" });
  await at.home.sync.refresh();
  expect(await at.groupNames()).toEqual(["A"]);
  expect(at.read()).not.toContain("New");
});

test.each([
  ["missing", (path: string) => rmSync(path), "manifest-missing"],
  ["empty", (path: string) => writeFileSync(path, ""), "manifest-missing"],
  ["not TOML", (path: string) => writeFileSync(path, "[[groups\n"), "manifest-unreadable"],
  [
    "not UTF-8",
    (path: string) => writeFileSync(path, Buffer.from([97, 0xff])),
    "manifest-unreadable",
  ],
  [
    "a table for groups",
    (path: string) => writeFileSync(path, "[groups]\n"),
    "manifest-unreadable",
  ],
])("a manifest that is %s leaves the cache as it is", async (_, spoil, skipped) => {
  const at = await openTestHome(HEAD + groupRow("A", "x"));
  await at.groupNames();
  spoil(at.manifest);
  const { collections } = await at.home.sync.refresh();
  expect(collections[0]?.groups).toEqual({ recovered: 0, skipped });
  expect(collections[0]?.members).toEqual({ resolved: 0, unresolved: 1 });
  expect(await at.groupNames()).toEqual(["A"]);
  expect(await at.status()).toMatchObject({ state: skipped.slice("manifest-".length), unsaved: 0 });
});

test.each([
  ["a folder", (path: string) => mkdirSync(path)],
  ["a FIFO", (path: string) => execFileSync("mkfifo", [path])],
  ["a symbolic link", (path: string) => symlinkSync(`${path}.elsewhere`, path)],
])("%s as collection.toml is unreadable, and is never replaced", async (kind, make) => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  renameSync(at.manifest, `${at.manifest}.elsewhere`);
  make(at.manifest);
  const outcome = await at.addGroup("B");
  expect(outcome.saved).toBe(false);
  expect(outcome.reason).toContain(kind);
  expect((await at.status()).state).toBe("unreadable");

  rmSync(at.manifest, { recursive: true });
  renameSync(`${at.manifest}.elsewhere`, at.manifest);
  await at.home.sync.flush();
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
  await at.reopen({ withoutCache: true });
  expect(await at.groupNames()).toEqual(["A", "B"]);
});

test("when an unreadable manifest is mended, the work of both sides is there", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  at.write(`${HEAD}<<<<<<< mine\n`);
  const outcome = await at.addGroup("Here");
  expect(outcome.saved).toBe(false);
  expect(outcome.reason).toMatch(/^collection\.toml:6:/);
  at.write(HEAD + groupRow("A") + groupRow("There"));
  await at.home.sync.refresh();
  expect((await at.groupNames()).toSorted()).toEqual(["A", "Here", "There"]);
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
});

test("a fresh cache with an unreadable manifest takes mutations, and merges once it is mended", async () => {
  const at = await openTestHome("[[groups\n");
  expect((await at.addGroup("Here")).saved).toBe(false);
  expect((await at.addGroup("Both")).saved).toBe(false);
  at.write(HEAD + groupRow("Both", "x") + groupRow("There"));
  expect((await at.groupNames()).toSorted()).toEqual(["Both", "Here", "There"]);
  await at.home.sync.flush();
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
  expect(at.backups()).toHaveLength(1);
});

test("a missing file is made again, with what the cache knows of the collection", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "x"));
  await at.groupNames();
  rmSync(at.manifest);
  expect(await at.addGroup("B")).toEqual({ saved: true, reason: null });
  expect(at.read()).toContain('name = "Mine"');
  expect(at.read()).toContain('created = "2026-01-01T00:00:00"');
  await at.reopen({ withoutCache: true });
  expect(await at.groupNames()).toEqual(["A", "B"]);
});

test("a missing folder is not made again", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  renameSync(at.folder, `${at.folder}-away`);
  const outcome = await at.addGroup("B");
  expect(outcome.saved).toBe(false);
  expect(outcome.reason).toContain("folder");
  expect((await at.status()).state).toBe("missing");
  renameSync(`${at.folder}-away`, at.folder);
  await at.home.sync.flush();
  expect(at.read()).toContain('"B"');
});

test("an empty file may be a writer's at work: it is written only once it is old", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  at.write("");
  const outcome = await at.addGroup("B");
  expect(outcome.saved).toBe(false);
  expect(outcome.reason).toContain("empty");
  execFileSync("touch", ["-d", "1 minute ago", at.manifest]);
  await at.home.sync.flush();
  expect(at.read()).toContain('"A"');
  expect(at.read()).toContain('"B"');
});

test("an artifact removed from the folder leaves its memberships, shown as missing, and they come back with it", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "pdf"));
  at.put("skills/pdf/SKILL.md", "---\nname: pdf\n---\n");
  await at.home.sync.refresh();
  const before = await at.curation();
  rmSync(join(at.folder, "skills/pdf"), { recursive: true });
  const { collections } = await at.home.sync.refresh();
  expect(collections[0]?.artifacts).toEqual({ found: 0, added: 0, removed: 1 });
  expect((await at.status()).unresolvedMembers).toEqual([{ group: "A", ref: "pdf" }]);
  at.put("skills/pdf/SKILL.md", "---\nname: pdf\n---\n");
  await at.home.sync.refresh();
  expect(await at.curation()).toEqual(before);
});

test("a plain name that becomes ambiguous is written as type:name, so that it goes on meaning its artifact", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "review"));
  at.put("commands/review.md", "");
  await at.home.sync.refresh();
  at.put("skills/review/SKILL.md", "---\nname: review\n---\n");
  await at.home.sync.refresh();
  expect(at.read()).toContain('members = ["command:review"]');
  const before = await at.curation();
  await at.reopen({ withoutCache: true });
  expect(await at.curation()).toEqual(before);
});

test("an ambiguous plain name in the file means the first type, and is left as it stands", async () => {
  const text = HEAD + groupRow("A", "review");
  const at = await openTestHome(text);
  at.put("commands/review.md", "");
  at.put("skills/review/SKILL.md", "");
  expect(await at.curation()).toMatchObject({
    groups: [{ members: [{ ref: "skill:review", artifactId: "skill:review" }] }],
  });
  await createTag(at.home.cache, { collection, name: "T", color: "", description: "" });
  await at.home.sync.syncTagDefinitions(collection);
  expect(at.read()).toContain('members = ["review"]');
});

test("a scan does not undo what is unwritten: a tag put on or taken off", async () => {
  const rows = `\n[[artifacts]]\nname = "a"\ntype = "skill"\ntags = ["one", "two"]\n`;
  const at = await openTestHome(HEAD + rows);
  await at.groupNames();
  await setArtifactTags(at.home.cache, { collection, id: "a", add: ["three"], remove: ["one"] });
  at.write(`${HEAD}# changed by hand\n${rows.replace('"two"]', '"two", "four"]')}`);
  await at.home.sync.refresh();
  expect(at.read()).toContain('tags = ["two", "four", "three"]');
  expect(at.read()).toContain("# changed by hand");
});

test("a row that a person removed from the file takes its tags along, and the artifact's files stay", async () => {
  const row = `\n[[artifacts]]\nname = "a"\ntype = "skill"\npath = "skills/a"\ntags = ["one"]\n`;
  const at = await openTestHome(HEAD + row);
  at.put("skills/a/SKILL.md", "---\ntags: [two]\n---\n");
  expect(await at.curation()).toMatchObject({ artifacts: [{ tags: ["two", "one"] }] });
  at.write(HEAD);
  expect(await at.curation()).toMatchObject({ artifacts: [{ id: "skill:a", tags: ["two"] }] });
  expect((await at.status()).state).toBe("clean");
});

test("every collection is recovered, also one whose name is unlike its folder", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  const other = join(at.root, "collections", "Some Folder");
  mkdirSync(other);
  writeFileSync(
    join(other, "collection.toml"),
    `[collection]\nname = "../Team/Tools"\n${groupRow("B")}`,
  );
  const { collections } = await at.home.sync.refresh();
  expect(collections.map(({ name, groups }) => [name, groups.recovered])).toEqual([
    ["default", 1],
    ["Some Folder", 1],
  ]);
  await createGroup(at.home.cache, { collection: "some folder", name: "C", ...plain, members: [] });
  expect(await at.home.sync.syncGroups("Some Folder")).toEqual({ saved: true, reason: null });
});

test("renames of groups and tags keep the row and what else a person wrote into it", async () => {
  const at = await openTestHome(
    `${HEAD}\n[[groups]]\nname = "Old" # why\nowner = "me"\n\n[[tag_definitions]]\nname = "T"\nslug = "t"\nsince = 2020\n`,
  );
  await at.groupNames();
  await updateGroup(at.home.cache, { collection, group: "Old", name: "New" });
  await updateTag(at.home.cache, { collection, slug: "t", name: "Tee", newSlug: "tee" });
  await at.home.sync.syncGroups(collection);
  expect(at.read().slice(HEAD.length)).toBe(
    `\n[[groups]]\nname = "New" # why\nowner = "me"\n\n[[tag_definitions]]\nname = "Tee"\nslug = "tee"\nsince = 2020\n`,
  );
});

test("a group renamed here while an editor changes the file is not taken for a new one", async () => {
  const at = await openTestHome(HEAD + groupRow("Old", "x"));
  await at.groupNames();
  await updateGroup(at.home.cache, { collection, group: "Old", name: "New" });
  at.write(`# by hand\n${HEAD}${groupRow("Old", "x")}`);
  await at.home.sync.refresh();
  expect(await at.groupNames()).toEqual(["New"]);
  expect(at.read()).toContain("# by hand");
  expect(at.read()).not.toContain("Old");
});

test("a deleted tag definition is written, and an undefined tag is not", async () => {
  const at = await openTestHome(`${HEAD}\n[[tag_definitions]]\nname = "T"\nslug = "t"\n`);
  at.put("skills/a/SKILL.md", "---\ntags: [t, loose]\n---\n");
  await at.home.sync.refresh();
  await deleteTag(at.home.cache, { collection, slug: "t" });
  await at.home.sync.syncTagDefinitions(collection);
  expect(at.read()).not.toContain("tag_definitions");
  expect(at.read()).not.toContain("loose");
});

test("a row of [[artifacts]] that cannot be used is reported with its line, and stays through writes", async () => {
  const bad = `\n[[artifacts]]\nname = "evil"\ntype = "skill"\npath = "../../etc"\n`;
  const at = await openTestHome(HEAD + bad);
  const { collections } = await at.home.sync.refresh();
  expect(collections[0]?.problems).toMatchObject([{ file: "collection.toml", line: 7, column: 1 }]);
  await at.addGroup("A");
  expect(at.read()).toContain(bad);
});

test("while the manifest is unreadable, what its rows named stays listed", async () => {
  const row = `\n[[artifacts]]\nname = "gone"\ntype = "skill"\ntags = ["one"]\n`;
  const at = await openTestHome(HEAD + row);
  at.put("skills/here/SKILL.md", "");
  await at.home.sync.refresh();
  const before = await at.curation();
  at.write("[[[");
  await at.home.sync.refresh();
  expect(await at.curation()).toEqual(before);
});

test("a tag that artifacts carry becomes defined when somebody defines it in the file", async () => {
  const at = await openTestHome(HEAD);
  at.put("skills/a/SKILL.md", "---\ntags: [loose]\n---\n");
  await at.home.sync.refresh();
  at.write(`${HEAD}\n[[tag_definitions]]\nname = "Loose"\nslug = "loose"\ncolor = "#fff"\n`);
  expect(await at.curation()).toMatchObject({
    tags: [{ slug: "loose", name: "Loose", color: "#fff", defined: true, artifactCount: 1 }],
  });
});

test("an artifact removed here does not come back from a file that was edited meanwhile", async () => {
  const row = (name: string) => `\n[[artifacts]]\nname = "${name}"\ntype = "skill"\n`;
  const at = await openTestHome(HEAD + row("a") + row("b"));
  await at.groupNames();
  await mutate(at.home.cache, collection, "test", async (tx) => {
    await tx.deleteFrom("artifacts").where("name", "=", "a").execute();
  });
  at.write(`# by hand\n${at.read()}`);
  await at.home.sync.refresh();
  expect(await at.curation()).toMatchObject({ artifacts: [{ id: "skill:b" }] });
  expect(at.read()).toBe(
    `# by hand\n${HEAD}${row("b")}`.replace(
      /updated = .*/,
      /updated = .*/.exec(at.read())?.[0] ?? "",
    ),
  );
});

test("a home without a folder of collections has none, and says so", async () => {
  const at = await openTestHome(null);
  rmSync(join(at.root, "collections"), { recursive: true });
  expect(await at.home.sync.refresh()).toEqual({ collections: [] });
  await expect(at.home.sync.ready("default")).rejects.toMatchObject({
    code: "not-found",
    hint: "skillmeat init",
  });
});

test("a home that is no folder is refused with a clear error", async () => {
  const at = await openTestHome(HEAD);
  await expect(openHome({ root: at.manifest })).rejects.toMatchObject({ code: "invalid-input" });
});

test("of two folders whose names differ only by case, one is the collection", async () => {
  const at = await openTestHome(HEAD + groupRow("lower"));
  mkdirSync(join(at.root, "collections", "DEFAULT"));
  writeFileSync(join(at.root, "collections", "DEFAULT", "collection.toml"), HEAD);
  const { collections } = await at.home.sync.refresh();
  expect(collections).toHaveLength(1);
});

test("a member that stands twice is shown once, and left as it stands", async () => {
  const text = HEAD + groupRow("A", "pdf", "PDF.md", "gone", "Gone");
  const at = await openTestHome(text);
  at.put("skills/pdf/SKILL.md", "");
  expect(await at.curation()).toMatchObject({
    groups: [{ members: [{ ref: "pdf" }, { ref: "gone", artifactId: null }] }],
  });
  await at.addGroup("B");
  expect(at.read()).toContain('members = ["pdf","PDF.md","gone","Gone"]');
});

test("words that mean one tag are one, and left as they stand", async () => {
  const row = `\n[[artifacts]]\nname = "a"\ntype = "skill"\ntags = ["Code Review", " ", "code-review"]\n`;
  const at = await openTestHome(HEAD + row);
  expect(await at.curation()).toMatchObject({ artifacts: [{ tags: ["code-review"] }] });
  await at.addGroup("B");
  expect(at.read()).toContain(row);
  await setArtifactTags(at.home.cache, { collection, id: "a", add: ["new"], remove: [] });
  await at.home.sync.syncArtifacts(collection);
  expect(at.read()).toContain('tags = ["Code Review", "new"]');
});

test("a manifest without [collection] is one, too", async () => {
  const at = await openTestHome(groupRow("A"));
  expect(await at.groupNames()).toEqual(["A"]);
  await at.addGroup("B");
  expect(at.read()).not.toContain("[collection]");
  rmSync(at.manifest);
  await at.addGroup("C");
  expect(at.read()).toMatch(/name = "default"\nversion = "1\.0\.0"\ncreated = "\d/);
});

test("definitions that are added one after another keep their order", async () => {
  const tag = (slug: string) => `\n[[tag_definitions]]\nname = "${slug}"\nslug = "${slug}"\n`;
  const at = await openTestHome(HEAD + tag("b"));
  await at.groupNames();
  at.write(HEAD + tag("b") + tag("a"));
  expect(await at.curation()).toMatchObject({ tags: [{ slug: "b" }, { slug: "a" }] });
});

test("a file that changes while it is read is read again", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  const other = await openAsItIs(at.home.paths);
  at.write(HEAD + groupRow("A") + groupRow("B"));
  let looked: Promise<unknown> | undefined;
  await other.transaction(async () => {
    // The look has read the file, and waits for this transaction.
    looked = lookAt(at.home.cache, collection);
    at.write(HEAD + groupRow("A") + groupRow("C"));
  });
  await looked;
  await other.close();
  expect(await at.groupNames()).toEqual(["A", "C"]);
});
