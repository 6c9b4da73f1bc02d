import { statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { fieldOf } from "../support/json.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, skill, tagRow, withoutUpdated } from "../support/texts.ts";

/** A collection that is curated already, beside another one that no command below names. */
function curated(collection: string | undefined) {
  const home = createHome();
  const rows = `
[[artifacts]]
name = "pdf"
type = "skill"
tags = ["docs"]
${tagRow("Docs", "docs", "#123456")}${groupRow("First", "pdf", "xlsx", "ghost")}${groupRow("Second")}`;
  const other = HEAD + groupRow("Other");
  const files = { "skills/pdf/SKILL.md": skill("office"), "skills/xlsx/SKILL.md": skill() };
  const display = collection === undefined ? HEAD : HEAD.replace("Mine", "../Team / Tools");
  home.writeCollection(display + rows, files, collection);
  const otherName = collection === undefined ? "other" : "default";
  home.writeCollection(other, {}, otherName);
  const skillmeat = createSkillmeat(home, collection);
  const text = () => withoutUpdated(home.manifest(collection));
  return {
    ...skillmeat,
    text,
    expectOtherUntouched: () => expect(home.manifest(otherName)).toBe(other),
  };
}

/** The names of a manifest's groups by position, then as they stand in the file. */
function orderIn(groups: unknown): string[] {
  if (!Array.isArray(groups)) throw new TypeError("There are no groups");
  return groups
    .map((group: unknown) => ({
      name: String(fieldOf(group, "name")),
      position: Number(fieldOf(group, "position")),
    }))
    .toSorted((one, other) => one.position - other.position)
    .map(({ name }) => name);
}

describe.each([
  ["in the default collection", undefined],
  ["in a second collection, whose display name is unlike its folder", "team-tools"],
])("%s", (_, collection) => {
  test("a created group is in the file, behind the others", async () => {
    const { save, text, expectOtherUntouched } = curated(collection);
    const before = text();
    const fields = ["--description", 'Signs "in"', "--color", "#10B981", "--icon", "shield"];
    await save("group", "create", "Auth", ...fields, "--member", "skill:pdf", "--member", "later");
    expect(text()).toBe(`${before}
[[groups]]
name = "Auth"
description = "Signs \\"in\\""
color = "#10B981"
icon = "shield"
position = 2
members = ["pdf", "later"]
`);
    expectOtherUntouched();
  });

  test.each([
    ["name", ["--name", "Erste"], { name: "Erste" }],
    ["description", ["--description", "Two\nlines"], { description: "Two\nlines" }],
    ["colour", ["--color", "rose"], { color: "rose" }],
    ["icon", ["--icon", "folder-open"], { icon: "folder-open" }],
  ])(
    "an updated %s of a group is in the file, and nothing else of the group changes",
    async (_field, args, changed) => {
      const { save, section } = curated(collection);
      await save("group", "update", "First", ...args);
      const members = ["pdf", "xlsx", "ghost"];
      expect(section("groups")).toEqual([
        { name: "First", members, ...changed },
        { name: "Second", members: [] },
      ]);
    },
  );

  test("members that are added, placed, removed and put in order are in the file", async () => {
    const { save, section, expectOtherUntouched } = curated(collection);
    const first = () =>
      expect(section("groups")).toEqual([
        expect.objectContaining({ members: now }),
        expect.anything(),
      ]);
    let now = ["pdf", "xlsx", "ghost", "last"];
    await save("group", "add", "First", "last");
    first();
    now = ["pdf", "in", "between", "xlsx", "ghost", "last"];
    await save("group", "add", "First", "in", "between", "--at", "1");
    first();
    now = ["in", "between", "xlsx", "last"];
    await save("group", "remove", "First", "pdf", "ghost");
    first();
    now = ["last", "xlsx", "in", "between"];
    await save("group", "order", "First", "last", "xlsx");
    first();
    expectOtherUntouched();
  });

  test("the order of groups is in the file, by reorder and by position", async () => {
    const { save, section, groupNames, home } = curated(collection);
    await save("group", "create", "Third", "--position", "0");
    expect(orderIn(section("groups"))).toEqual(["Third", "First", "Second"]);
    await save("group", "reorder", "Second", "Third");
    expect(orderIn(section("groups"))).toEqual(["Second", "Third", "First"]);
    await save("group", "update", "First", "--position", "1");
    expect(orderIn(section("groups"))).toEqual(["Second", "First", "Third"]);
    await home.deleteCache();
    expect(await groupNames()).toEqual(["Second", "First", "Third"]);
  });

  test("a deleted group is gone from the file, and the last one takes its section along", async () => {
    const { save, section, text } = curated(collection);
    await save("group", "delete", "First");
    expect(section("groups")).toEqual([{ name: "Second", members: [] }]);
    await save("group", "delete", "second");
    expect(text()).not.toContain("groups");
  });

  test("a tag's colour and description are in the file", async () => {
    const { save, text } = curated(collection);
    const before = text();
    await save("tag", "create", "C++", "--color", "#3B82F6", "--description", "Fast code");
    const created = `
[[tag_definitions]]
name = "C++"
slug = "c-u002b-u002b"
color = "#3B82F6"
description = "Fast code"
`;
    expect(text()).toContain(created);
    expect(text().replace(created, "")).toBe(before);
    await save("tag", "update", "c++", "--color", "#abc", "--description", "");
    expect(text()).toContain('color = "#abc"\ndescription = ""\n');
  });

  test("a tag's new name keeps its slug, and a new slug is written to the artifacts that carry it", async () => {
    const { save, section, tags } = curated(collection);
    await save("tag", "update", "docs", "--name", "Documents");
    expect(section("tag_definitions")).toEqual([
      { name: "Documents", slug: "docs", color: "#123456" },
    ]);
    await save("tag", "update", "docs", "--slug", "documents");
    expect(section("tag_definitions")).toEqual([
      { name: "Documents", slug: "documents", color: "#123456" },
    ]);
    expect(await tags()).toContainEqual(
      expect.objectContaining({ slug: "documents", artifactCount: 1 }),
    );
    expect(await tags()).not.toContainEqual(expect.objectContaining({ slug: "docs" }));
  });

  test("a deleted tag is gone from the definitions and from the artifacts that were tagged here", async () => {
    const { save, text } = curated(collection);
    expect(await save("tag", "delete", "docs")).toMatchObject({ stillCarriedBy: 0 });
    expect(text()).not.toMatch(/docs|tag_definitions/i);
  });

  test("a tag put on an artifact and taken off it is in the file, and its frontmatter is left alone", async () => {
    const { save, section, home } = curated(collection);
    const path = `collections/${collection ?? "default"}/skills/pdf/SKILL.md`;
    await save("artifact", "tag", "skill:pdf", "print", "Docs");
    expect(section("artifacts")).toEqual([{ name: "pdf", type: "skill", tags: ["docs", "print"] }]);
    await save("artifact", "untag", "pdf", "docs");
    expect(section("artifacts")).toEqual([{ name: "pdf", type: "skill", tags: ["print"] }]);
    expect(home.read(path)).toBe(skill("office"));
  });

  test("the first tag put on an artifact that has no row makes its row", async () => {
    const { save, section } = curated(collection);
    await save("artifact", "tag", "xlsx", "sheets");
    expect(section("artifacts")).toEqual([
      expect.objectContaining({ name: "pdf" }),
      expect.objectContaining({ name: "xlsx", type: "skill", tags: ["sheets"] }),
    ]);
  });

  test("an added artifact has its row in the file", async () => {
    const { save, section, home, expectOtherUntouched } = curated(collection);
    home.write("elsewhere/commands/review.md", "Review it.\n");
    await save("artifact", "add", home.path("elsewhere"));
    expect(section("artifacts")).toEqual([
      expect.objectContaining({ name: "pdf", tags: ["docs"] }),
      expect.objectContaining({ name: "review", type: "command" }),
    ]);
    expectOtherUntouched();
  });
});

test("a new collection has a manifest from its first moment", async () => {
  const home = createHome();
  const { save, section } = createSkillmeat(home, "work");
  await save("init", "work");
  expect(section("collection")).toMatchObject({ name: "work", version: "1.0.0" });
  await save("collection", "create", "play");
  expect(home.manifest("play")).toContain('name = "play"');
});

test("all that a person wrote stays, byte for byte: comments, order, unknown keys, CRLF, an inline section", async () => {
  const home = createHome();
  const text = [
    "# ours",
    'groups = [ { owner = "me", name = "A", members = ["x"], "new key" = 0x10 } ] # inline',
    "[ collection ]",
    'name = "Mine"',
    "[mcp_servers.db]",
    "port = 1_000",
    "[[tag_definitions]]",
    "# the one",
    'slug = "t"',
    'name = "T" # why',
    "weight = 1.0",
    "",
  ].join("\r\n");
  home.writeCollection(text);
  const { save } = createSkillmeat(home);
  await save("tag", "update", "t", "--name", "Tee");
  await save("group", "add", "A", "y");
  const kept = home.manifest().replace(/updated = .*\r\n/, "");
  expect(kept).toBe(text.replace('"T"', '"Tee"').replace('["x"]', '["x", "y"]'));
});

test("a mutation that changes nothing does not touch the file", async () => {
  const { save, home } = curated(undefined);
  const before = statSync(home.path("collections/default/collection.toml"), { bigint: true });
  await save("group", "update", "First", "--name", "First");
  await save("group", "reorder", "First", "Second");
  await save("tag", "update", "docs", "--color", "#123456");
  const after = statSync(home.path("collections/default/collection.toml"), { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
});
