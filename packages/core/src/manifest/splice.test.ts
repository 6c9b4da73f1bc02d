import { describe, expect, test } from "vitest";
import { NEW_ROW, added, set, without, write } from "./testing/read.ts";

describe("a section that the file lacks", () => {
  test.each([
    ["", ""],
    ["\uFEFF", "\uFEFF"],
    ["a = 1", "a = 1\n\n"],
    ["a = 1\n", "a = 1\n\n"],
    ["a = 1\n\n", "a = 1\n\n"],
    ["a = 1 # c", "a = 1 # c\n\n"],
    ["a = 1\n\nb = 2\n", "a = 1\n\nb = 2\n\n"],
  ])("goes to the end of %j, parted by a blank line", (text, before) => {
    expect(write(text, () => ({ groups: [added()] }))).toBe(before + NEW_ROW);
  });

  test("comes with a change of another", () => {
    const text = "[[groups]]\nname = 'A'\n";
    const tag = { name: "T", slug: "t", color: "", description: "" };
    const result = write(text, ({ groups }) => ({
      groups: set(groups, "A", { icon: "star" }),
      tags: [{ from: null, definition: tag }],
    }));
    expect(result).toBe(
      `${text}icon = "star"\n\n[[tag_definitions]]\nname = "T"\nslug = "t"\ncolor = ""\ndescription = ""\n`,
    );
  });

  test("is not written where it has no row", () => {
    expect(write("[x]\n", () => ({ groups: [] }))).toBe("[x]\n");
  });

  test("comes with the others, in the line breaks of the file", () => {
    const tag = { name: "A", slug: "a", color: "#fff", description: "x\r\ny" };
    const artifact = { name: "pdf", type: "skill", path: "skills/pdf", tags: ["a"] };
    const result = write("x = 1\r\n", () => ({
      groups: [added({ members: ["m".repeat(99)] })],
      tags: [{ from: null, definition: tag }],
      artifacts: [
        { from: null, definition: artifact },
        { from: null, definition: { ...artifact, path: "", tags: [] } },
      ],
    }));
    expect(result).toBe(
      `x = 1

[[artifacts]]
name = "pdf"
type = "skill"
path = "skills/pdf"
origin = "local"
added = "2026-11-22T08:00:00"
tags = ["a"]

[[artifacts]]
name = "pdf"
type = "skill"
origin = "local"
added = "2026-11-22T08:00:00"

[[tag_definitions]]
name = "A"
slug = "a"
color = "#fff"
description = "x\\r\\ny"

[[groups]]
name = "New"
description = ""
color = ""
icon = ""
position = 0
members = [
    "${"m".repeat(99)}",
]
`.replaceAll("\n", "\r\n"),
    );
  });
});

describe("an inline section stays inline", () => {
  test("and is the same, `updated` with it, where no row changed", () => {
    const text = `artifacts = [ {name="a", type="skill", tags=["x"]} ]
tag_definitions = [ {slug="x"} ]
groups = [ {name="A"} ]
[collection]
updated = "2026-01-01"
`;
    expect(write(text, () => ({}))).toBe(text);
  });

  test("on one line", () => {
    const text = 'groups = [{ name = "A", members = ["a"] }, {name="B"}] # c\n[x]\n';
    expect(
      write(text, ({ groups }) => ({ groups: set(groups, "A", { members: ["a", "b"] }) })),
    ).toBe('groups = [{ name = "A", members = ["a", "b"] }, {name="B"}] # c\n[x]\n');
    expect(write(text, ({ groups }) => ({ groups: without(groups, "A") }))).toBe(
      'groups = [{name="B"}] # c\n[x]\n',
    );
    expect(write(text, ({ groups }) => ({ groups: [...groups, added()] }))).toBe(
      'groups = [{ name = "A", members = ["a"] }, {name="B"}, { name = "New", description = "", color = "", icon = "", position = 2, members = [] }] # c\n[x]\n',
    );
  });

  test("on many, with its comments and trailing comma", () => {
    const text =
      'tag_definitions = [\n  # first\n  { name = "A", slug = "a" }, # beside\n  # second\n  { name = "B", slug = "b", }, # last\n]\n';
    const result = write(text, ({ tags }) => ({
      tags: tags.map(({ from, definition }) => ({
        from,
        definition: { ...definition, description: `of ${definition.name}` },
      })),
    }));
    expect(result).toBe(
      'tag_definitions = [\n  # first\n  { name = "A", slug = "a", description = "of A" }, # beside\n  # second\n  { name = "B", slug = "b", description = "of B", }, # last\n]\n',
    );
  });

  test("where it is empty", () => {
    for (const empty of ["[]", "[ ]", "[\n]"]) {
      expect(write(`groups = ${empty}\n[x]\n`, () => ({ groups: [added()] }))).toBe(
        'groups = [\n    { name = "New", description = "", color = "", icon = "", position = 0, members = [] },\n]\n[x]\n',
      );
    }
    for (const comment of ["# c", "# ["]) {
      expect(write(`groups = [ ${comment}\n]\n`, () => ({ groups: [added()] }))).toBe(
        `groups = [ ${comment}\n{ name = "New", description = "", color = "", icon = "", position = 0, members = [] }\n]\n`,
      );
    }
    const two = write("groups = []\n", () => ({ groups: [added(), added({ name: "B" })] }));
    expect(two).toBe(
      'groups = [\n    { name = "New", description = "", color = "", icon = "", position = 0, members = [] },\n    { name = "B", description = "", color = "", icon = "", position = 1, members = [] },\n]\n',
    );
    expect(write("groups = []\nartifacts = []", () => ({}))).toBe("groups = []\nartifacts = []");
  });

  test("with lists that hold comments", () => {
    const text = 'groups = [{ name = "A", members = [\n  "a", # beside\n  "b",\n] }]\n';
    expect(
      write(text, ({ groups }) => ({ groups: set(groups, "A", { members: ["a", "c"] }) })),
    ).toBe('groups = [{ name = "A", members = [\n  "a", # beside\n  "c",\n] }]\n');
  });
});

describe("a section that loses its last row", () => {
  test("disappears, inline or not", () => {
    const nothing = () => ({ groups: [], tags: [] });
    expect(write("a = 1\n# c\ngroups = [\n  { name = 'A' }, # x\n] # y\n\n[b]\n", nothing)).toBe(
      "a = 1\n# c\n\n[b]\n",
    );
    expect(write("[a]\nx = 1\n\n[[groups]]\nname = 'A'\n[groups.x]\ny = 1\n", nothing)).toBe(
      "[a]\nx = 1\n",
    );
    expect(write("[[groups]]\nname = 'A'\n\n\n# c\n[b]\n", nothing)).toBe("# c\n[b]\n");
    expect(write("[a]\r\n\r\n  \r\n[[groups]]\r\nname = 'A'", nothing)).toBe("[a]\r\n");
    expect(write("[[groups]]\nname = 'A'\n  \n\t\n[b]\n\n\n", nothing)).toBe("[b]\n\n\n");
  });

  test("leaves no empty file, which would count as missing", () => {
    const nothing = () => ({ groups: [] });
    const empty = '[collection]\nupdated = "2026-11-22T08:00:00"\n';
    expect(write("[[groups]]\nname = 'A'\n", nothing)).toBe(empty);
    expect(write("\uFEFFgroups = [{ name = 'A' }]", nothing)).toBe(`\uFEFF${empty}`);
    expect(write("# c\n[[groups]]\nname = 'A'\n", nothing)).toBe("# c\n");
  });

  test("stays where a row in it cannot be read", () => {
    const nothing = () => ({ groups: [] });
    expect(write("groups = [{ name = 'A' }, { x = 1 }]", nothing)).toBe("groups = [{ x = 1 }]");
    expect(write("[[groups]]\nx = 1\n[[groups]]\nname = 'A'\n", nothing)).toBe(
      "[[groups]]\nx = 1\n",
    );
  });
});
