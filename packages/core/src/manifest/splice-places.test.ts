import { describe, expect, test } from "vitest";
import type { DesiredManifest } from "./desired-manifest.ts";
import { added, read, set, without, write } from "./testing/read.ts";

describe("a field that comes stands behind the one that precedes it, or at the end", () => {
  const tag = (...lines: string[]) => `[[tag_definitions]]\n${lines.join("\n")}\n`;
  const change = (text: string, fields: Partial<DesiredManifest["tags"][number]["definition"]>) =>
    write(text, ({ tags }) => ({
      tags: tags.map(({ from, definition }) => ({
        from,
        definition: { ...definition, ...fields },
      })),
    }));

  test.each([
    [["name = 'A'", "note = 1"], { color: "#fff" }, 1, 'color = "#fff"'],
    [["slug = 'a'", "note = 1"], { name: "B" }, 2, 'name = "B"'],
    [["slug = 'a'", "color = '#fff'", "note = 1"], { name: "B" }, 3, 'name = "B"'],
    [["name = 'A'", "color = '#fff'", "note = 1"], { description: "d" }, 2, 'description = "d"'],
  ])("in the definition %j", (lines, fields, place, line) => {
    expect(change(tag(...lines), fields)).toBe(tag(...lines.toSpliced(place, 0, line)));
  });

  test.each(["path = 'skills/x'", "origin = 'local'", "added = '2026-01-01'"])(
    "in an artifact's row behind %s",
    (line) => {
      const old = `[[artifacts]]\nname = 'x'\ntype = 'skill'\n${line}\nnote = 1\n`;
      const result = write(old, ({ artifacts }) => ({
        artifacts: artifacts.map(({ from, definition }) => {
          return { from, definition: { ...definition, tags: ["t"] } };
        }),
      }));
      expect(result).toBe(old.replace(line, `${line}\ntags = ["t"]`));
    },
  );
});

describe("the order of groups is that which was asked for", () => {
  const orderOf = (text: string) => read(text).groups.map(({ definition }) => definition.name);
  const row = (name: string, position: number | null = null) =>
    `[[groups]]\nname = "${name}"\n${position === null ? "" : `position = ${position}\n`}`;

  test("where a row goes that stood before one without a position", () => {
    const text = row("Gone") + row("A") + row("B", 0);
    expect(orderOf(text)).toEqual(["Gone", "B", "A"]);
    const result = write(text, ({ groups }) => ({ groups: without(groups, "Gone") }));
    expect(orderOf(result)).toEqual(["B", "A"]);
  });

  test("where rows without a position change places", () => {
    const result = write(row("A") + row("B") + row("C"), ({ groups: [a, b, c] }) => ({
      groups: [c, a, b].flatMap((group) => group ?? []),
    }));
    expect(orderOf(result)).toEqual(["C", "A", "B"]);
  });

  test("where as many come before a row as its position says", () => {
    const news = ["One", "Two", "Three"].map((name) => added({ name }));
    const result = write(row("A", 2), ({ groups }) => ({ groups: [...news, ...groups] }));
    expect(orderOf(result)).toEqual(["One", "Two", "Three", "A"]);
  });
});

describe("a list", () => {
  const group = (line: string) => `[[groups]]\nname = "A"\n${line}\n`;
  const setA = (text: string, fields: Parameters<typeof set>[2]) =>
    write(text, ({ groups }) => ({ groups: set(groups, "A", fields) }));

  test("where a text belongs is replaced, comments and all", () => {
    expect(setA(group('icon = ["x", # one\n]'), { icon: "star" })).toBe(group('icon = "star"'));
  });

  test("is written anew where no comment is in it; a # in a text is none", () => {
    expect(setA(group('members = [  "C#"  ]'), { members: ["C#", "x"] })).toBe(
      group('members = ["C#", "x"]'),
    );
    expect(setA(group('members = [  "C#"  # c\n]'), { members: ["C#", "x"] })).toContain("# c");
  });
});
