import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { fieldOf, itemsOf } from "../support/json.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";

/** A home with the collection `default`, of two skills in a group. */
function withDocuments() {
  const home = createHome();
  home.writeCollection(HEAD + tagRow("Office", "office") + groupRow("Documents", "pdf", "docx"), {
    "skills/pdf/SKILL.md": skill("office"),
    "skills/docx/SKILL.md": skill(),
  });
  return { home, own: createSkillmeat(home) };
}

test("history and undo: what was done is listed, and taken back in the cache and in the file", async () => {
  const { home, own } = withDocuments();
  const before = home.manifest();
  const { change } = Object(await own.save("group", "update", "Documents", "--name", "Papers"));
  await own.save("group", "remove", "Papers", "pdf");
  await own.save("artifact", "remove", "docx");
  expect(existsSync(home.path("collections/default/skills/docx"))).toBe(false);
  expect(own.section("groups")).toMatchObject([{ name: "Papers" }]);

  const undone = await own.run("undo");
  expect(undone).toMatchObject({ code: 0, stdout: "" });
  expect(undone.stderr).toMatch(/^Undid change \d+: Removed skill:docx\n$/);
  expect(existsSync(home.path("collections/default/skills/docx/SKILL.md"))).toBe(true);
  expect(await own.members("Papers")).toEqual(["docx"]);
  // By its id, while a later change of the same group stays.
  await own.save("undo", String(change));
  expect(own.section("groups")).toMatchObject([{ name: "Documents", members: ["docx"] }]);
  await own.save("undo");
  const text = (manifest: string) => manifest.replace(/^updated = .*$/m, "");
  expect(text(home.manifest())).toBe(text(before));

  const history = await own.run("history");
  const lines = history.stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.trim());
  expect(lines.map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, "TIME"))).toEqual([
    expect.stringMatching(/^ID\s+WHEN\s+WHAT\s+UNDONE$/),
    expect.stringMatching(/^6\s+TIME\s+Undid: Took pdf out of the group "Papers"$/),
    expect.stringMatching(/^5\s+TIME\s+Undid: Renamed the group "Documents" to "Papers"$/),
    expect.stringMatching(/^4\s+TIME\s+Undid: Removed skill:docx$/),
    expect.stringMatching(/^3\s+TIME\s+Removed skill:docx\s+by 4$/),
    expect.stringMatching(/^2\s+TIME\s+Took pdf out of the group "Papers"\s+by 6$/),
    expect.stringMatching(/^1\s+TIME\s+Renamed the group "Documents" to "Papers"\s+by 5$/),
  ]);
  const [newest] = itemsOf(await own.ask("history", "--limit", "1"));
  expect(newest).toMatchObject({ undoes: 2, undoneBy: null, undoable: true, origin: "call" });
});

test("undo: what later changes stand in the way of is refused, and nothing is changed", async () => {
  const { home, own } = withDocuments();
  const { change } = Object(await own.save("group", "update", "Documents", "--color", "blue"));
  await own.save("group", "update", "Documents", "--color", "rose");
  const before = home.manifest();
  expect(await own.refuse("undo", String(change))).toMatchObject({
    exitCode: 4,
    code: "conflict",
    message: expect.stringContaining(
      'the color of the group "Documents" changed after it, by change',
    ),
    hint: "skillmeat history",
  });
  expect(home.manifest()).toBe(before);
  expect(await own.refuse("undo", "99")).toMatchObject({ exitCode: 3 });
  expect(await own.refuse("undo", "last")).toMatchObject({ exitCode: 2 });
});

test("trash: what was removed is listed and comes back, a collection also under another name", async () => {
  const { home, own } = withDocuments();
  await own.save("artifact", "remove", "pdf");
  const [item] = itemsOf(await own.ask("trash", "list"));
  const id = String(fieldOf(item, "id"));
  expect(item).toMatchObject({ kind: "artifact", name: "skill:pdf", collection: "default" });
  const restored = await own.run("trash", "restore", id);
  expect(restored.stderr).toContain("Restored skill:pdf\n");
  expect(restored.stderr).toContain("only by undoing its removal");
  expect(await own.members("Documents")).toEqual(["docx"]);
  expect((await own.artifacts()).map((artifact) => artifact.id)).toEqual([
    "skill:docx",
    "skill:pdf",
  ]);
  expect(await own.refuse("trash", "restore", id)).toMatchObject({ exitCode: 3 });

  await own.ask("collection", "delete", "default", "--yes");
  const listed = (await own.run("trash", "list")).stdout;
  const found = /^default\s+collection\s+default\s+\S+ \S+\s+(collections\/\S+)$/m.exec(listed);
  const reply = await own.save("trash", "restore", String(found?.[1]), "--as", "again");
  expect(fieldOf(reply, "collection")).toMatchObject({ name: "again", artifacts: 2, groups: 1 });
  expect(home.manifest("again")).toContain('name = "Documents"');
});
