import { expect, test } from "vitest";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addArtifacts } from "../operations/add-artifacts.ts";
import { deleteGroup, updateGroup } from "../operations/groups.ts";
import { removeArtifact } from "../operations/remove-artifact.ts";
import { deleteTag } from "../operations/tags.ts";
import { artifactAddInputSchema } from "../schema/index.ts";
import { openTestHome, type TestHome } from "../sync/testing/test-home.ts";
import { undoChange } from "./undo.ts";

const collection = "default";
const SKILL = "---\ndescription: Reads\n---\n";

const MANIFEST = `# ours
[collection]
name = "Mine"

[[artifacts]]
name = "pdf"
type = "skill"
source = "user/repo/pdf"   # from there
version_spec = "latest"
tags = ["office"]

[artifacts.metadata]
# by hand
license = "MIT"

[[artifacts]]
name = "docx"
type = "skill"

[[tag_definitions]]
name = 'Office'
slug = "office"
color = "#123456" # blue
owner = "Ada"

[[tag_definitions]]
name = "Other"
slug = "other"

[[groups]]
name = "Documents"
x_theirs = { a = 1 }
# in this order
members = ["docx", "pdf"] # both

[[groups]]
name = "Last"
members = []
`;

async function open(text = MANIFEST): Promise<TestHome> {
  const at = await openTestHome(text);
  at.put("skills/pdf/SKILL.md", SKILL);
  at.put("skills/docx/SKILL.md", SKILL);
  await at.home.sync.ready(collection);
  return at;
}

/** Does something, and writes it. */
async function done(at: TestHome, change: Promise<unknown>): Promise<void> {
  await change;
  expect(await at.home.sync.syncGroups(collection)).toMatchObject({ saved: true });
}

const undo = (at: TestHome) => undoChange(at.home.cache, { collection });

/** A manifest without the line that each write changes. */
function withoutTime(text: string): string {
  return text.replace(/^updated = .*\n/m, "");
}

/** A text from some words to others, both included. */
function part(text: string, from: string, to: string): string {
  const start = text.indexOf(from);
  return text.slice(start, text.indexOf(to, start) + to.length);
}

const PARTS = {
  group: part(MANIFEST, 'name = "Documents"', "# both"),
  tag: part(MANIFEST, "name = 'Office'", 'owner = "Ada"'),
  artifact: part(MANIFEST, 'name = "pdf"', 'license = "MIT"'),
};

/** What is in nothing but these rows. */
const FOREIGN = { group: "x_theirs", tag: "owner", artifact: "source" };

const DELETIONS = {
  group: (at: TestHome) => deleteGroup(at.home.cache, { collection, group: "Documents" }),
  tag: (at: TestHome) => deleteTag(at.home.cache, { collection, slug: "office" }),
  artifact: (at: TestHome) => removeArtifact(at.home.cache, { collection, id: "skill:pdf" }),
};

test.each(["group", "tag", "artifact"] as const)(
  "undoing the deletion of a written %s brings its row back with all that others wrote into it",
  async (kind) => {
    const at = await open();
    const before = await at.curation();
    await done(at, DELETIONS[kind](at));
    expect(at.read()).not.toContain(FOREIGN[kind]);
    await done(at, undo(at));
    expect(at.read()).toContain(PARTS[kind]);
    if (kind !== "artifact") expect(withoutTime(at.read())).toBe(MANIFEST);
    expect(await at.curation()).toEqual(before);
    await at.reopen({ withoutCache: true });
    expect(await at.curation()).toEqual(before);
  },
);

test("of several rows that come back at once each is its own", async () => {
  const at = await open();
  for (const kind of ["group", "tag"] as const) await done(at, DELETIONS[kind](at));
  const changes = await at.home.cache.db.selectFrom("changes").select("id").execute();
  for (const { id } of changes) await undoChange(at.home.cache, { collection, id });
  await done(at, Promise.resolve());
  expect(withoutTime(at.read())).toBe(MANIFEST);
});

test("a row that comes back holds what it is to hold by then", async () => {
  const at = await open();
  await done(at, DELETIONS.group(at));
  await undo(at);
  await updateGroup(at.home.cache, { collection, group: "Documents", color: "blue" });
  await done(at, Promise.resolve());
  expect(at.read()).toContain('color = "blue"');
  expect(at.read()).toContain("# in this order");
  expect(await at.groupNames()).toEqual(["Documents", "Last"]);
});

test("a row that was deleted, brought back and deleted again comes back as it stood last", async () => {
  const at = await open();
  await done(at, DELETIONS.group(at));
  await done(at, undo(at));
  at.write(at.read().replace("# in this order", "# in that order"));
  await at.groupNames();
  await done(at, DELETIONS.group(at));
  await done(at, undo(at));
  expect(at.read()).toContain("# in that order");
});

test("an artifact that is added anew under the name of a removed one has nothing of its row", async () => {
  const at = await open();
  await done(at, DELETIONS.artifact(at));
  at.put("../../new/pdf/SKILL.md", SKILL);
  const paths = [join(at.root, "new", "pdf")];
  await done(at, addArtifacts(at.home.cache, artifactAddInputSchema.parse({ paths })));
  expect(at.read()).toContain('name = "pdf"');
  expect(at.read()).not.toContain("user/repo/pdf");
});

test("an artifact that was in its place before it was added stays there when that is undone", async () => {
  const at = await open();
  at.put("skills/pptx/SKILL.md", SKILL);
  at.put("../../new/pptx/SKILL.md", SKILL);
  const before = at.read();
  const paths = [join(at.root, "new", "pptx")];
  await done(at, addArtifacts(at.home.cache, artifactAddInputSchema.parse({ paths })));
  expect(at.read()).toContain('name = "pptx"');
  await done(at, undo(at));
  expect(withoutTime(at.read())).toBe(withoutTime(before));
  expect(existsSync(join(at.folder, "skills/pptx/SKILL.md"))).toBe(true);
});

test("a row comes back in the line breaks of its file, and into an inline section anew", async () => {
  const at = await open();
  await done(at, DELETIONS.group(at));
  const crlf = at.read().replaceAll("\n", "\r\n");
  at.write(crlf);
  await at.groupNames();
  await done(at, undo(at));
  expect(at.read().replaceAll("\r\n", "")).not.toContain("\n");
  expect(readFileSync(at.manifest, "utf8")).toContain("# in this order\r\n");

  await done(at, DELETIONS.group(at));
  const start = at.read().indexOf("[[groups]]");
  const inline = 'groups = [{ name = "Last" }]\n';
  writeFileSync(at.manifest, inline + at.read().slice(0, start));
  await at.groupNames();
  await done(at, undo(at));
  expect(at.read()).toContain('{ name = "Documents"');
  expect((await at.groupNames()).toSorted()).toEqual(["Documents", "Last"]);
});

test("where the cache was lost in between there is nothing to undo, and the file stays as it is", async () => {
  const at = await open();
  await done(at, DELETIONS.group(at));
  const text = at.read();
  await at.reopen({ withoutCache: true });
  await at.groupNames();
  await expect(undo(at)).rejects.toMatchObject({ code: "not-found" });
  expect(at.read()).toBe(text);
});
