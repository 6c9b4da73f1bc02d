import { describe, expect, test } from "vitest";
import { problemsOf, read } from "./testing/read.ts";

const groupsOf = (text: string) => read(text).groups.map((group) => group.definition);
const namesOf = (text: string) => groupsOf(text).map((group) => group.name);
const tagsOf = (text: string) => read(text).tags.map((tag) => tag.definition);
const artifactsOf = (text: string) => read(text).artifacts.map((artifact) => artifact.definition);

describe("a manifest", () => {
  test("reads whole", () => {
    const text = `
[collection]
name = "Team"
version = "1.0.0"
created = 2026-02-20T00:00:00

[[artifacts]]
name = "pdf"
type = "skill"
path = "skills/pdf/"
tags = ["docs"]
[artifacts.metadata]
title = "PDF"
description = "Reads PDF files"

[[tag_definitions]]
name = "Docs"
slug = "docs"
color = "#3B82F6"
description = "About documents"

[[groups]]
name = "Tools"
description = "Many"
color = "slate"
icon = "shield"
position = 0
members = ["pdf", "skill:missing"]
`;
    const manifest = read(text);
    expect(manifest.problems).toEqual([]);
    expect(manifest.collection).toEqual({
      name: "Team",
      version: "1.0.0",
      created: "2026-02-20T00:00:00.000",
    });
    expect(artifactsOf(text)).toEqual([
      {
        name: "pdf",
        type: "skill",
        path: "skills/pdf/",
        title: "PDF",
        description: "Reads PDF files",
        tags: ["docs"],
      },
    ]);
    expect(tagsOf(text)).toEqual([
      { name: "Docs", slug: "docs", color: "#3B82F6", description: "About documents" },
    ]);
    expect(groupsOf(text)).toEqual([
      {
        name: "Tools",
        description: "Many",
        color: "slate",
        icon: "shield",
        members: ["pdf", "skill:missing"],
      },
    ]);
  });

  test("that is old or has no collection reads as empty lists", () => {
    for (const text of ["", "\uFEFF", "# nothing\n", "collection = 3", "[collection]\nname = 5"]) {
      const { artifacts, tags, groups, collection, problems } = read(text);
      expect([artifacts, tags, groups, problems]).toEqual([[], [], [], []]);
      expect(collection).toEqual({ name: "", version: "", created: "" });
    }
  });

  test("may hold keys that objects have by nature", () => {
    const text =
      '__proto__.x = 1\nconstructor.y = 2\n[[groups]]\nname = "A"\n__proto__ = { name = "B" }\n[groups.constructor]\nname = "C"';
    expect(namesOf(text)).toEqual(["A"]);
    expect(problemsOf(text)).toEqual([]);
    expect(problemsOf("[[groups]]\n[groups.__proto__]\nname = 'x'")).toEqual([
      "1:1 group: a group without a name is kept but not shown",
    ]);
  });

  test("knows its line breaks", () => {
    expect(read("a = 1\nb = 2").newline).toBe("\n");
    expect(read("a = 1\r\nb = 2").newline).toBe("\r\n");
  });
});

describe("a manifest that is no TOML", () => {
  test.each([
    ["a = = 1", "1:5 invalid value"],
    ["\uFEFFa = = 1", "1:5 invalid value"],
    ["a = 1\nb", "2:1 incomplete key-value: cannot find end of key"],
    ["\uFEFFa = 1\r\na = 2\r\n", "2:1 trying to redefine an already defined table or value"],
    ['"🎨🎨" = "é" x', "1:12 each key-value declaration must be followed by an end-of-line"],
    [`a = ${"[".repeat(65)}`, "1:69 document contains excessively nested structures. aborting."],
  ])("%j is reported with its place", (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  test.each([
    ["a = 1\n  groups = 3", "2:3 groups is not a list of tables"],
    ["[groups]\nname = 'x'", "1:1 groups is not a list of tables"],
    ["groups.x = 1", "1:1 groups is not a list of tables"],
    ["a = 1\n[groups.x]", "2:1 groups is not a list of tables"],
    ["tag_definitions = 'x'", "1:1 tag_definitions is not a list of tables"],
    ["[x]\n[artifacts]", "2:1 artifacts is not a list of tables"],
  ])("or whose section is no list is not read at all: %j", (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });
});

describe("a bad row takes no other down", () => {
  test("a group without a name", () => {
    const text = '[[groups]]\nicon = "x"\n[[groups]]\nname = "A"\n[[groups]]\nname = "  "';
    expect(namesOf(text)).toEqual(["A"]);
    expect(problemsOf(text)).toEqual([
      "1:1 group: a group without a name is kept but not shown",
      '5:1 group "  ": a group without a name is kept but not shown',
    ]);
  });

  test("a group whose name is no text", () => {
    expect(problemsOf("[[groups]]\nname = 5")).toEqual([
      "1:1 group: a group without a name is kept but not shown",
      "2:8 group: name is not a text, so it is read as empty",
    ]);
  });

  test("a row that is no table", () => {
    const text =
      'groups = [1, { name = "A" }, "x", []]\ntag_definitions = [\n  true]\nartifacts = [1979-05-27]';
    expect(namesOf(text)).toEqual(["A"]);
    expect(problemsOf(text)).toEqual([
      "1:11 group: not a table, so it is kept but not read",
      "1:30 group: not a table, so it is kept but not read",
      "1:35 group: not a table, so it is kept but not read",
      "3:3 tag definition: not a table, so it is kept but not read",
      "4:14 artifact: not a table, so it is kept but not read",
    ]);
  });

  test("fields that are not what they should be, with their places behind BOM, CRLF and emoji", () => {
    const text =
      '\uFEFFgroups = [{ "name" = "🎨", color = "turquoise", position = 1.5, icon = "No Icon",\r\n description = 1, members = "x" }]\r\n';
    expect(groupsOf(text)).toEqual([
      { name: "🎨", description: "", color: "", icon: "", members: [] },
    ]);
    expect(problemsOf(text)).toEqual([
      '1:35 group "🎨": color "turquoise" is kept but not used: A group\'s colour must be #RGB, #RRGGBB, one of slate, blue, green, amber, rose, or "" for none',
      '1:59 group "🎨": position is not a whole number, so the order in the file counts',
      '1:71 group "🎨": icon "No Icon" is kept but not used: An icon must be a Lucide icon name such as folder-open, at most 32 characters',
      '2:16 group "🎨": description is not a text, so it is read as empty',
      '2:29 group "🎨": members is not a list, so it is read as empty',
    ]);
  });

  test("a field that stands as a table is reported at its row", () => {
    expect(problemsOf('[[groups]]\nname = "A"\n[groups.icon]\nx = 1')).toEqual([
      '1:1 group "A": icon is not a text, so it is read as empty',
    ]);
  });

  test("members that are no texts", () => {
    const text = '[[groups]]\nname = "A"\nmembers = ["a", 1, ["b"], "c"]';
    expect(groupsOf(text)[0]?.members).toEqual(["a", "c"]);
    expect(problemsOf(text)).toEqual([
      '3:11 group "A": members holds entries that are no texts; they are kept but not used',
    ]);
  });

  test("a tag without slug, without name, with a bad slug, with neither", () => {
    const text =
      'tag_definitions = [\n{ name = "C++" },\n{ slug = "x" },\n{ slug = "Bad Slug", name = " " },\n{ color = "#fff" },\n]';
    expect(tagsOf(text).map(({ name, slug }) => [name, slug])).toEqual([
      ["C++", "c-u002b-u002b"],
      ["x", "x"],
      ["Bad Slug", "Bad Slug"],
    ]);
    expect(problemsOf(text)).toEqual([
      '2:1 tag definition "C++": the slug is missing; c-u002b-u002b is taken for it',
      '4:10 tag definition " ": the slug "Bad Slug" is no slug; it is kept',
      "5:1 tag definition: a tag definition without name and slug is kept but not shown",
    ]);
  });

  test("a slug that stands twice", () => {
    const text =
      '[[tag_definitions]]\nname = "A"\nslug = "a"\n[[tag_definitions]]\nname = "B"\nslug = "a"\n';
    expect(tagsOf(text).map(({ name }) => name)).toEqual(["A"]);
    expect(problemsOf(text)).toEqual([
      '6:8 tag definition "B": the slug stands twice; this definition is kept but not shown',
    ]);
  });

  test("artifacts without name and path, or without a usable type", () => {
    const text =
      '[[artifacts]]\ntype = "skill"\n[[artifacts]]\nname = "x"\n[[artifacts]]\nname = "y"\ntype = "a b"\n[[artifacts]]\nname = "z"\ntype = "Gadget"';
    expect(artifactsOf(text).map(({ name, type }) => [name, type])).toEqual([["z", "gadget"]]);
    expect(problemsOf(text)).toEqual([
      "1:1 artifact: an artifact without name and path is kept but not shown",
      '3:1 artifact "x": an artifact without a usable type is kept but not shown',
      '7:8 artifact "y": an artifact without a usable type is kept but not shown',
    ]);
  });
});

describe("an artifact's row", () => {
  test.each([
    ["./commands/git/review.md", "command", "review.md"],
    ["mcp/fs.json", "mcp", "fs.json"],
    ["skills/pdf//", "skill", "pdf"],
    ["skills", "skill", "skills"],
  ])("takes type and name from the path %s", (path, type, name) => {
    expect(artifactsOf(`[[artifacts]]\npath = "${path}"`)).toMatchObject([{ type, name, path }]);
  });

  test("need not say where the artifact lies", () => {
    expect(artifactsOf('artifacts = [{ name = "x", type = "skill" }]')).toMatchObject([
      { name: "x", path: null },
    ]);
  });

  test("has no usable type in a folder of another kind, and no name in a path of slashes", () => {
    expect(artifactsOf('artifacts = [{ path = "things/x" }]')).toEqual([]);
    expect(artifactsOf('artifacts = [{ path = "/", type = "skill" }]')).toMatchObject([
      { name: "" },
    ]);
  });

  test("prefers its own title and description to its metadata's, which may be anything", () => {
    const row = (rest: string) =>
      artifactsOf(`artifacts = [{ name = "x", type = "skill", ${rest} }]`)[0];
    expect(row('title = "T", metadata = { title = "M", description = "D" }')).toMatchObject({
      title: "T",
      description: "D",
    });
    expect(row('description = "O", metadata = { description = "D" }')).toMatchObject({
      description: "O",
    });
    expect(row("metadata = { title = 5 }")).toMatchObject({ title: "", description: "" });
    expect(row('metadata = "x"')).toMatchObject({ title: "", description: "" });
  });
});

describe("groups", () => {
  const text = (...rows: readonly string[]) => rows.map((row) => `[[groups]]\n${row}\n`).join("");

  test("come by position, then in the order of the file", () => {
    const rows = [
      "b'\nposition = 1",
      "c'\nposition = 1",
      "a'\nposition = -2",
      "d'\nposition = 0x3",
    ];
    expect(namesOf(text(...rows.map((row) => `name = '${row}`)))).toEqual(["a", "b", "c", "d"]);
  });

  test("without a position count as if they had their place in the file for one", () => {
    const rows = ["name = 'c'\nposition = 5", "name = 'a'", "name = 'b'\nposition = '9'"];
    expect(namesOf(text(...rows))).toEqual(["a", "b", "c"]);
  });

  test("have whole positions in any notation", () => {
    const manifest = read(
      text(
        "name='a'\nposition=2.0",
        "name='b'\nposition=1_0",
        "name='c'\nposition=9007199254740993",
      ),
    );
    expect(manifest.groups.map((group) => group.filePosition)).toEqual([2, 10, 2 ** 53]);
    expect(manifest.problems).toEqual([]);
  });

  test("of one name are shown under two, whichever comes first in order", () => {
    const rows = [
      "name='A'\nposition=3",
      "name='a'\nposition=1",
      "name='A (2)'\nposition=2",
      "name='A'",
    ];
    expect(namesOf(text(...rows))).toEqual(["a (3)", "A (2)", "A", "A (4)"]);
    expect(problemsOf(text(...rows))).toEqual([
      '4:1 group "a": the name stands twice; this one is shown as "a (3)"',
      '10:1 group "A": the name stands twice; this one is shown as "A (4)"',
    ]);
  });
});
