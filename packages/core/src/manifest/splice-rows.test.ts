import { describe, expect, test } from "vitest";
import type { DesiredManifest } from "./desired-manifest.ts";
import { NEW_ROW, added, read, set, without, write } from "./testing/read.ts";

describe("rows", () => {
  const text = `# top
[[groups]] # first
name = "A" # its name

color = "teal" # unknown here
position = 0x0
members = ["a"]
[groups.extra]
x = 1.0

# second
[[groups]]
position = 1
name = "B"

[[other]]
[groups.late]
y = 1_000

# tail
`;

  test("that change keep every other byte, and get missing fields in their place", () => {
    const result = write(text, ({ groups }) => ({
      groups: set(set(groups, "A", { members: ["a", "b"], icon: "star" }), "B", {
        description: "two",
        members: ["x"],
      }),
    }));
    expect(result).toBe(
      text
        .replace('color = "teal" # unknown here', 'color = "teal" # unknown here\nicon = "star"')
        .replace('["a"]', '["a", "b"]')
        .replace('name = "B"', 'name = "B"\ndescription = "two"')
        .replace("position = 1\n", 'position = 1\nmembers = ["x"]\n'),
    );
  });

  test("that go take their sub-tables with them, wherever those stand, and no comment outside", () => {
    expect(write(text, ({ groups }) => ({ groups: without(groups, "B") }))).toBe(
      text
        .replace('[[groups]]\nposition = 1\nname = "B"\n\n', "")
        .replace("[groups.late]\ny = 1_000\n\n", ""),
    );
    expect(write(text, ({ groups }) => ({ groups: without(groups, "A") }))).toBe(
      `# top\n${text.slice(text.indexOf("# second"))}`,
    );
  });

  test("that come stand behind the last of their section, its sub-tables included", () => {
    const row = NEW_ROW.replace("position = 0", "position = 2").trimEnd();
    expect(write(text, ({ groups }) => ({ groups: [...groups, added()] }))).toBe(
      text.replace("y = 1_000", `y = 1_000\n\n${row}`),
    );
    expect(write(text, ({ groups }) => ({ groups: [...without(groups, "B"), added()] }))).toBe(
      text
        .replace('[[groups]]\nposition = 1\nname = "B"\n\n', "")
        .replace("[groups.late]\ny = 1_000", row.replace("position = 2", "position = 1")),
    );
  });

  test("that come in number stand behind one another, also in place of the last", () => {
    const one = NEW_ROW.replace("position = 0", "position = 2").trimEnd();
    const two = NEW_ROW.replace("New", "Two").replace("position = 0", "position = 3").trimEnd();
    const both = [added(), added({ name: "Two" })];
    expect(write(text, ({ groups }) => ({ groups: [...groups, ...both] }))).toBe(
      text.replace("y = 1_000", `y = 1_000\n\n${one}\n\n${two}`),
    );
    const old = "[[groups]]\nname = 'A'\nposition = 1\n";
    expect(write(old, () => ({ groups: both }))).toBe(
      `${one}\n\n${two}\n`.replace("position = 2", "position = 0").replace("= 3", "= 1"),
    );
  });

  test("that lose the last of their members or tags have it no more", () => {
    const old =
      '[[artifacts]]\nname = "x"\ntype = "skill"\ntags = ["a", "b"]\n\n[[groups]]\nname = "A"\nmembers = ["a", "b"]\n';
    const result = write(old, ({ groups, artifacts }) => ({
      groups: set(groups, "A", { members: ["a"] }),
      artifacts: artifacts.map(({ from, definition }) => {
        return { from, definition: { ...definition, tags: ["a"] } };
      }),
    }));
    expect(result).toBe(old.replaceAll('["a", "b"]', '["a"]'));
  });

  test("that move behind another in the file need no more than its position", () => {
    const row = (name: string, position: number) =>
      `[[groups]]\nname = "${name}"\nposition = ${position}\n`;
    const result = write(row("X", 2) + row("Y", 0) + row("Z", 1), ({ groups: [y, z, x] }) => ({
      groups: [y, x, z].flatMap((group) => group ?? []),
    }));
    expect(result).toBe(row("X", 1) + row("Y", 0) + row("Z", 1));
  });

  test("that trade places get new positions only", () => {
    expect(write(text, ({ groups }) => ({ groups: groups.toReversed() }))).toBe(
      text
        .replace("position = 0x0", "position = 1")
        .replace("position = 1\nname", "position = 0\nname"),
    );
  });

  test("whose members are many print one a line, and comments among them stay", () => {
    const long = Array.from({ length: 9 }, (_, index) => `artifact-${index}`);
    expect(write(text, ({ groups }) => ({ groups: set(groups, "A", { members: long }) }))).toBe(
      text.replace('["a"]', `[\n${long.map((name) => `    "${name}",\n`).join("")}]`),
    );
    const noted = '[[groups]]\nname = "A"\nmembers = [\n  "a", # one\n  # two\n  "b",\n  3,\n]\n';
    expect(
      write(noted, ({ groups }) => ({ groups: set(groups, "A", { members: ["b", "c", "a"] }) })),
    ).toBe('[[groups]]\nname = "A"\nmembers = [\n  # two\n  "b",\n  3,\n  "c",\n  "a", # one\n]\n');
    const bare = "[[groups]]\nname = 'A'\nmembers = [ # none\n]\n";
    expect(write(bare, ({ groups }) => ({ groups: set(groups, "A", { members: ["a"] }) }))).toBe(
      "[[groups]]\nname = 'A'\nmembers = [ # none\n\"a\"\n]\n",
    );
  });

  test.each([
    ['["a", 1, "b", 2, 3, "c"]', ["c", "a"], '["c", "a", 1, 2, 3]'],
    ['[1, 2, "a"]', ["x"], '[1, 2, "x"]'],
    ['["a", 1, "b"]', ["b"], '[1, "b"]'],
    ['["a", 1, "b", 2]', ["b", "x", "a"], '["b", 2, "x", "a", 1]'],
    ['["a", 1]', [], "[1]"],
  ])(
    "whose members are %s, and are to be %j, keep what is no text behind what it followed",
    (old, members, list) => {
      const row = `[[groups]]\nname = "A"\nmembers = ${old}\n`;
      expect(write(row, ({ groups }) => ({ groups: set(groups, "A", { members }) }))).toBe(
        row.replace(old, list),
      );
    },
  );

  test("have lists of up to 100 columns on one line, and inline rows have all of theirs", () => {
    for (const [length, isLong] of [
      [86, false],
      [87, true],
    ] as const) {
      const member = "m".repeat(length);
      const list = isLong ? `[\n    "${member}",\n]` : `["${member}"]`;
      expect(write("", () => ({ groups: [added({ members: [member] })] }))).toBe(
        NEW_ROW.replace("[]", list),
      );
      const inline = 'groups = [{ name = "A", members = ["a"] }]\n';
      expect(
        write(inline, ({ groups }) => ({ groups: set(groups, "A", { members: [member] }) })),
      ).toBe(inline.replace('"a"', `"${member}"`));
    }
  });

  test("of artifacts change in their tags alone", () => {
    const old =
      '[[artifacts]]\nname = "x"\ntype = "Skill"\nversion = 1.0\n[artifacts.metadata]\ntags = 1\n';
    const result = write(old, ({ artifacts }) => ({
      artifacts: artifacts.map(({ from, definition }) => {
        return { from, definition: { ...definition, name: "y", type: "agent", tags: ["t"] } };
      }),
    }));
    expect(result).toBe(old.replace('"Skill"', '"Skill"\ntags = ["t"]'));
  });

  test("with a value of a wrong kind get it replaced where that field is set", () => {
    const old = "[[groups]]\nname = 'A'\ndescription = 5\nmembers = 'none'\nicon = { a = 1 }\n";
    const result = write(old, ({ groups }) => ({
      groups: set(groups, "A", { description: "d", members: ["m"], icon: "star" }),
    }));
    expect(result).toBe(
      '[[groups]]\nname = \'A\'\ndescription = "d"\nmembers = ["m"]\nicon = "star"\n',
    );
  });

  test("with a field that stands as a table are refused, and only then", () => {
    const old =
      "[[groups]]\nname = 'A'\n[[groups]]\nname = 'B'\ndescription.x = 1\n[groups.icon]\ny = 1\n";
    for (const field of ["description", "icon"]) {
      expect(() =>
        write(old, ({ groups }) => ({ groups: set(groups, "B", { [field]: "star" }) })),
      ).toThrow(
        expect.objectContaining({
          code: "refused",
          message: `collection.toml:3: ${field} is written as a table and cannot be replaced`,
          hint: `Remove ${field} from that row by hand, then: skillmeat sync flush`,
        }),
      );
    }
    expect(write(old, ({ groups }) => ({ groups: set(groups, "B", { color: "#fff" }) }))).toBe(
      old.replace("name = 'B'", "name = 'B'\ncolor = \"#fff\""),
    );
  });
});

describe("two groups of one name", () => {
  const text =
    '[[groups]]\nname = "A"\n[[groups]]\nname = "a" # twice\n[[tag_definitions]]\nname = "T"\nslug = "t"\n';

  test("get two at the next write of groups", () => {
    const result = write(text, ({ groups }) => ({ groups: set(groups, "A", { icon: "star" }) }));
    expect(result).toBe(text.replace('"A"', '"A"\nicon = "star"').replace('"a"', '"a (2)"'));
    expect(write(text, ({ groups }) => ({ groups: without(groups, "A") }))).toBe(
      text.replace('[[groups]]\nname = "A"\n', "").replace('"a"', '"a (2)"'),
    );
  });

  test("do so with a change and a new group, too", () => {
    const result = write(text, ({ groups }) => ({
      groups: [...set(groups, "A", { icon: "star" }), added()],
    }));
    expect(result).toContain('name = "a (2)" # twice');
  });

  test("do not at a write of tags alone", () => {
    const result = write(text, ({ tags }) => ({
      tags: tags.map(({ from, definition }) => ({
        from,
        definition: { ...definition, name: "U" },
      })),
    }));
    expect(result).toBe(text.replace('"T"', '"U"'));
  });

  test("and one that is renamed gets its own", () => {
    const result = write(text, ({ groups }) => ({
      groups: set(groups, "a (2)", { name: "B", icon: "star" }),
    }));
    expect(result).toBe(text.replace('"a" # twice', '"B" # twice\nicon = "star"'));
  });
});

describe("tags", () => {
  const text =
    "[[tag_definitions]]\nname = 'C'\n[[tag_definitions]]\nslug = 'x'\n[[tag_definitions]]\nslug = 'x'\nname = 'X'\n";
  const tagsAfter = (change: (tags: DesiredManifest["tags"]) => DesiredManifest["tags"]) =>
    write(text, ({ tags }) => ({ tags: change(tags) }));

  test("that are renamed keep the slug that their name implied", () => {
    const result = tagsAfter((tags) =>
      tags.map(({ from, definition }) => ({
        from,
        definition: definition.slug === "c" ? { ...definition, name: "Sea" } : definition,
      })),
    );
    expect(result).toBe(text.replace("name = 'C'", 'name = "Sea"\nslug = "c"'));
    const recoloured = tagsAfter((tags) =>
      tags.map(({ from, definition }) => ({ from, definition: { ...definition, color: "#fff" } })),
    );
    expect(recoloured).toBe(
      text
        .replace("name = 'C'", "name = 'C'\ncolor = \"#fff\"")
        .replace("slug = 'x'", "slug = 'x'\ncolor = \"#fff\""),
    );
  });

  test("that get another slug keep the name that theirs implied", () => {
    const result = tagsAfter((tags) =>
      tags.map(({ from, definition }) => ({
        from,
        definition: definition.slug === "x" ? { ...definition, slug: "z" } : definition,
      })),
    );
    expect(result).toBe(
      '[[tag_definitions]]\nname = \'C\'\n[[tag_definitions]]\nslug = "z"\nname = "x"\n',
    );
  });

  test("that say both change in what is new alone", () => {
    const both = "[[tag_definitions]]\nname = 'A'\nslug = 'a'\n";
    const change = (fields: Partial<DesiredManifest["tags"][number]["definition"]>) =>
      write(both, ({ tags }) => ({
        tags: tags.map(({ from, definition }) => ({
          from,
          definition: { ...definition, ...fields },
        })),
      }));
    expect(change({ name: "B" })).toBe(both.replace("'A'", '"B"'));
    expect(change({ slug: "b" })).toBe(both.replace("'a'", '"b"'));
  });

  test("that go take rows of the same slug with them, lest those come to light", () => {
    const result = tagsAfter((tags) => tags.filter(({ definition }) => definition.slug !== "x"));
    expect(result).toBe("[[tag_definitions]]\nname = 'C'\n");
    expect(read(result).tags).toHaveLength(1);
  });
});
