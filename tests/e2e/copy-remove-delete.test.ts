import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { fieldOf, itemsOf } from "../support/json.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";

/** A home with the collection `default`, of three skills and an agent, and the collection `work`, of one. */
function twoCollections() {
  const home = createHome();
  home.writeCollection(HEAD + tagRow("Office", "office") + groupRow("Documents", "pdf", "docx"), {
    "skills/pdf/SKILL.md": skill("office", "draft"),
    "skills/docx/SKILL.md": skill("office"),
    "skills/spare/SKILL.md": skill(),
    "agents/helper.md": "Help.\n",
  });
  home.writeCollection(`${HEAD}# mine\n`, { "skills/docx/SKILL.md": skill() }, "work");
  return { home, own: createSkillmeat(home), work: createSkillmeat(home, "work") };
}

/** The ids of a list, by its JSON. */
function idsOf(list: unknown): unknown[] {
  return itemsOf(list).map((item) => fieldOf(item, "id"));
}

test("group copy: the copy is in the other manifest, and what that lacks is missing there", async () => {
  const { home, own, work } = twoCollections();
  const reply = await own.save("group", "copy", "documents", "--to", "work");
  expect(fieldOf(reply, "group")).toMatchObject({
    collection: "work",
    name: "Documents",
    members: [
      { ref: "pdf", artifactId: null },
      { ref: "docx", artifactId: "skill:docx" },
    ],
  });
  expect(work.section("groups")).toMatchObject([{ name: "Documents", members: ["pdf", "docx"] }]);
  expect(home.manifest("work")).toContain("# mine");
  expect(await own.groupNames()).toEqual(["Documents"]);

  const told = await own.run("group", "copy", "Documents", "--to", "work");
  expect(told.stderr).toContain('"Documents (Copy)"');
  expect(told.stderr).toContain("does not have: pdf");
  await own.save("group", "copy", "Documents", "--to", "work");
  expect(await work.groupNames()).toEqual(["Documents", "Documents (Copy)", "Documents (Copy 2)"]);

  // The reference is kept, so that the member is there once its artifact is.
  home.write("collections/work/skills/pdf/SKILL.md", skill());
  await work.ask("refresh");
  const [first] = await work.groups();
  expect(first?.members[0]).toEqual({ ref: "pdf", artifactId: "skill:pdf" });
});

test("group copy: within a collection, by a name of its own, and on a fresh cache", async () => {
  const { home, own, work } = twoCollections();
  await own.save("group", "copy", "Documents", "--to", "default", "--as", "Papers");
  expect(await own.members("Papers")).toEqual(["pdf", "docx"]);
  await work.save("group", "create", "Mine");
  await home.deleteCache();
  await own.save("group", "copy", "Papers", "--to", "work");
  expect(await work.groupNames()).toEqual(["Mine", "Papers"]);
});

test("group copy: what is wrong is told", async () => {
  const { home, own } = twoCollections();
  const before = home.manifest();
  const copy = (...args: string[]) => own.refuse("group", "copy", ...args);
  expect(await copy("Documents", "--to", "default", "--as", "DOCUMENTS")).toMatchObject({
    exitCode: 4,
    code: "conflict",
  });
  expect(await copy("Documents", "--to", "nowhere")).toMatchObject({ exitCode: 3 });
  expect(await copy("Nothing", "--to", "work")).toMatchObject({ exitCode: 3 });
  expect(await copy("Documents")).toMatchObject({ exitCode: 2 });
  expect(await copy("Documents", "--to", "../work")).toMatchObject({ exitCode: 2 });
  expect(await copy("Documents", "--to", "work", "--as", "")).toMatchObject({ exitCode: 2 });
  expect(home.manifest()).toBe(before);
});

test("artifact remove: its files are in the trash, and it is out of groups, tags and the manifest", async () => {
  const { home, own } = twoCollections();
  await own.save("artifact", "tag", "pdf", "urgent");
  expect(own.section("artifacts")).toMatchObject([{ name: "pdf" }]);
  const reply = await own.save("artifact", "remove", "pdf");
  expect(fieldOf(reply, "artifact")).toMatchObject({ id: "skill:pdf", groups: ["Documents"] });
  const trash = String(fieldOf(reply, "trash"));
  expect(trash.startsWith(home.path("trash/default/"))).toBe(true);
  expect(home.read(`${trash.slice(home.root.length + 1)}/SKILL.md`)).toContain("Do it well");
  expect(existsSync(home.path("collections/default/skills/pdf"))).toBe(false);
  expect(own.section("artifacts") ?? []).toEqual([]);
  expect(own.section("groups")).toMatchObject([{ name: "Documents", members: ["docx"] }]);
  expect((await own.tags()).map(({ slug }) => slug)).toEqual(["office"]);

  const file = await own.run("artifact", "remove", "helper");
  expect(file.stderr).toMatch(/Removed agent:helper; it lies in .*-agent-helper\.md now/);
  await home.deleteCache();
  expect((await own.artifacts()).map(({ id }) => id)).toEqual(["skill:docx", "skill:spare"]);
  expect(await own.refuse("artifact", "remove", "pdf")).toMatchObject({ exitCode: 3 });
});

test("artifact remove: what has no files loses its row", async () => {
  const home = createHome();
  home.writeCollection(`${HEAD}\n[[artifacts]]\nname = "lost"\ntype = "skill"\n`);
  const { save, run, artifacts, section } = createSkillmeat(home);
  expect(await artifacts()).toMatchObject([{ id: "skill:lost", missing: true }]);
  expect(await save("artifact", "remove", "lost")).toMatchObject({ trash: null });
  expect(section("artifacts") ?? []).toEqual([]);
  await run("refresh");
  expect(await artifacts()).toEqual([]);
});

test("artifact list: the ungrouped ones, and the order", async () => {
  const { own } = twoCollections();
  const list = async (...args: string[]) => idsOf(await own.ask("artifact", "list", ...args));
  expect(await list("--ungrouped")).toEqual(["agent:helper", "skill:spare"]);
  const byName = ["skill:docx", "agent:helper", "skill:pdf", "skill:spare"];
  expect(await list("--sort", "name")).toEqual(byName);
  const byType = ["agent:helper", "skill:docx", "skill:pdf", "skill:spare"];
  expect(await list("--sort", "type")).toEqual(byType);
  expect(await list("--sort", "type", "--ungrouped", "--limit", "1")).toEqual(["agent:helper"]);
  expect(await own.refuse("artifact", "list", "--sort", "age")).toMatchObject({ exitCode: 2 });
  const both = ["artifact", "list", "--group", "Documents", "--ungrouped"];
  expect(await own.refuse(...both)).toMatchObject({ exitCode: 2 });
});

test("collection delete: asks first, then moves the folder to the trash", async () => {
  const { home, own } = twoCollections();
  expect(await own.refuse("collection", "delete", "work")).toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('the collection "work" (1 artifact, 0 groups, 0 tags)'),
    hint: "skillmeat collection delete work --yes",
  });
  expect(home.manifest("work")).toContain("# mine");
  const reply = await own.save("collection", "delete", "work", "--yes");
  const trash = String(fieldOf(reply, "trash"));
  expect(home.read(`${trash.slice(home.root.length + 1)}/collection.toml`)).toContain("# mine");
  const listed = itemsOf(await own.ask("collection", "list"));
  expect(listed.map((item) => fieldOf(item, "name"))).toEqual(["default"]);
  expect(await own.refuse("collection", "delete", "work")).toMatchObject({ exitCode: 3 });
  expect(await own.refuse("collection", "delete", "work", "--yes")).toMatchObject({ exitCode: 3 });

  // The name is free again, and nothing of the old one comes back.
  await own.save("collection", "create", "work");
  expect(await createSkillmeat(home, "work").artifacts()).toEqual([]);
});

test("collection delete: what is not in the manifest yet goes there first, or nothing is deleted", async () => {
  const { home, own, work } = twoCollections();
  const manifest = home.manifest("work");
  await work.save("group", "create", "First");
  home.write("collections/work/collection.toml", "[broken");
  expect(await work.ask("group", "create", "Second")).toMatchObject({ saved: false });
  expect(await own.refuse("collection", "delete", "work", "--yes")).toMatchObject({
    exitCode: 1,
    code: "unsaved-changes",
    hint: expect.stringContaining("--force"),
  });
  expect(await work.groupNames()).toEqual(["First", "Second"]);
  home.write("collections/work/collection.toml", manifest);
  const reply = await own.save("collection", "delete", "work", "--yes");
  const trash = String(fieldOf(reply, "trash")).slice(home.root.length + 1);
  expect(home.read(`${trash}/collection.toml`)).toMatch(/"First"[^]*"Second"/);
});

test("collection delete: by force it goes as it is", async () => {
  const { home, own, work } = twoCollections();
  await work.groups();
  home.write("collections/work/collection.toml", "[broken");
  await own.save("collection", "delete", "work", "--yes", "--force");
  const [trash = ""] = readdirSync(home.path("trash/collections"));
  expect(home.read(`trash/collections/${trash}/collection.toml`)).toBe("[broken");
});

test("collection use: commands work on it where none is named, and the settings keep the rest", async () => {
  const { home, own } = twoCollections();
  home.write("config.toml", '# Mine\ndefault_collection = "default" # for now\n');
  await own.ask("collection", "use", "WORK");
  expect(home.read("config.toml")).toBe('# Mine\ndefault_collection = "work" # for now\n');
  expect(await own.ask("artifact", "list")).toMatchObject({ items: [{ id: "skill:docx" }] });
  expect(await own.refuse("collection", "use", "nowhere")).toMatchObject({ exitCode: 3 });
  expect(home.read("config.toml")).toContain('"work"');
  const { stderr } = await own.run("collection", "delete", "work", "--yes");
  expect(stderr).toContain("skillmeat collection use NAME");
  await own.ask("collection", "use", "default");
  expect(await own.ask("group", "list")).toMatchObject({ items: [{ name: "Documents" }] });
});
