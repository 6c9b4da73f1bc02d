import { describe, expect, test } from "vitest";
import type { Manifest } from "./read.ts";
import { readReturningRow, returnRow, textOfRow, type ReturningRow } from "./returning-row.ts";
import { added, read, write } from "./testing/read.ts";

const groupsOf = ({ groups }: Manifest) => groups;
const tagsOf = ({ tags }: Manifest) => tags;
const artifactsOf = ({ artifacts }: Manifest) => artifacts;

/** A row that is to return, whose text is just that row. */
function returning<Row>(text: string, rowsOf: (manifest: Manifest) => readonly Row[]) {
  const row = readReturningRow(text, "\n", rowsOf);
  if (row === null) throw new Error(`no row: ${text}`);
  return row;
}

describe("the text of a row", () => {
  const textOf = (text: string, index = 0) => {
    const manifest = read(text);
    const row = manifest.sections.artifacts.rows[index];
    return row === undefined ? undefined : textOfRow(manifest, row);
  };
  const ROW = '[[artifacts]]\nname = "a" # one\ntype = "skill"';
  const META = "[artifacts.metadata]\n# by hand\nx = 1";

  test("is all from its header to its last value", () => {
    expect(textOf(`# top\n${ROW}\n\n# end\n[[groups]]\nname = "A"\n`)).toBe(ROW);
  });

  test("has its sub-tables and what stands between them", () => {
    const whole = `${ROW}\n\n# of it\n${META}\n\n[artifacts.more]\ny = 2`;
    expect(textOf(`${whole}\n\n[[groups]]\nname = "A"\n`)).toBe(whole);
  });

  test("leaves out other tables that stand between them", () => {
    const text = `${ROW}\n\n[other]\nz = 1\n\n${META}\n`;
    expect(textOf(text)).toBe(`${ROW}\n\n${META}`);
    expect(textOf(text.replaceAll("\n", "\r\n"))).toBe(
      `${ROW}\n\n${META}`.replaceAll("\n", "\r\n"),
    );
  });

  test("is none of an inline row", () => {
    expect(textOf('artifacts = [{ name = "a", type = "skill" }]\n')).toBe(null);
  });
});

describe("a text that is to return", () => {
  const GROUP = '[[groups]]\nname = "A"\n';

  test("has the line breaks of its file", () => {
    const crlf = GROUP.replaceAll("\n", "\r\n");
    expect(readReturningRow(GROUP, "\r\n", groupsOf)?.text).toBe(crlf);
    expect(readReturningRow(crlf, "\r\n", groupsOf)?.text).toBe(crlf);
    expect(readReturningRow(crlf, "\n", groupsOf)?.text).toBe(GROUP);
    expect(readReturningRow(GROUP, "\n", groupsOf)?.row.definition.name).toBe("A");
  });

  test.each([
    ["cannot be read", "[[groups]]\nname = \n"],
    ["holds no row", "[other]\nx = 1\n"],
    ["holds two", `${GROUP}\n[[groups]]\nname = "B"\n`],
    ["holds a second that is refused", `${GROUP}\n[[groups]]\nname = 7\n`],
    ["holds one of another section, too", `${GROUP}\n[[tag_definitions]]\nslug = "a"\n`],
    ["holds an artifact's, too", `${GROUP}\n[[artifacts]]\nname = "a"\ntype = "skill"\n`],
    ["holds a row that is refused", "[[groups]]\nname = 7\n"],
  ])("is none where it %s", (_, text) => {
    expect(readReturningRow(text, "\n", groupsOf)).toBe(null);
  });

  test("gets the fields that changed, and keeps every other byte", () => {
    const row = returning('[[groups]]\nname = "A" # ours\ncolor = "red"', groupsOf);
    expect(returnRow(row, [["color", "blue"]], ["name", "color"], "\n")).toBe(
      '[[groups]]\nname = "A" # ours\ncolor = "blue"',
    );
  });

  test("is written anew where what changed has no single place in it", () => {
    const row = returning('[[groups]]\nname = "A"\n[groups.color]\nx = 1', groupsOf);
    expect(returnRow(row, [["color", "blue"]], ["name", "color"], "\n")).toBe(null);
  });
});

describe("a row that comes back", () => {
  const back = <Row>(row: ReturningRow<Row>) => ({ from: null, returning: row });
  const ARTIFACT = '[[artifacts]]\nname = "a" # ours\ntype = "skill"\ntags = [ "x" ]';
  const TAG = '[[tag_definitions]]\nname = "Pdf" # ours\ncolor = "#123456"';
  const GROUP = '[[groups]]\nname = "B" # ours\nposition = 1\nmembers = [ "x" ]';
  const artifact = () => back(returning(ARTIFACT, artifactsOf));
  const tag = () => back(returning(TAG, tagsOf));
  const group = (text = GROUP) => back(returning(text, groupsOf));
  const fields = { name: "B", description: "", color: "", icon: "", members: ["x"] };
  const OTHERS = '[[groups]]\nname = "A"\nposition = 0\n\n[[groups]]\nname = "C"\nposition = 2\n';

  test("is as it stood where it holds the same", () => {
    const definition = { name: "a", type: "skill", path: "", tags: ["x"] };
    expect(write("", () => ({ artifacts: [{ ...artifact(), definition }] }))).toContain(ARTIFACT);
    expect(write("", () => ({ tags: [{ ...tag(), definition: tagOf({}) }] }))).toContain(TAG);
    expect(
      write(OTHERS, ({ groups }) => ({
        groups: groups.toSpliced(1, 0, { ...group(), definition: fields }),
      })),
    ).toBe(OTHERS.replace("\n\n", `\n\n${GROUP}\n\n`));
  });

  const tagOf = (more: object) => {
    return { name: "Pdf", slug: "pdf", color: "#123456", description: "", ...more };
  };

  test("has the artifact's tags of now", () => {
    const definition = { name: "a", type: "skill", path: "", tags: ["x", "y"] };
    const text = write("", () => ({ artifacts: [{ ...artifact(), definition }] }));
    expect(text).toContain('name = "a" # ours\ntype = "skill"\ntags = ["x", "y"]');
  });

  test("says the slug of a tag that its name implied once that has another name", () => {
    const renamed = tagOf({ name: "Portable" });
    const text = write("", () => ({ tags: [{ ...tag(), definition: renamed }] }));
    expect(text).toContain(
      '[[tag_definitions]]\nname = "Portable" # ours\nslug = "pdf"\ncolor = "#123456"\n',
    );
  });

  test("has the group's fields of now, its position where the order needs another", () => {
    const rows = OTHERS.replace("= 0", "= 5").replace("= 2", "= 6");
    const definition = { ...fields, icon: "star", members: ["y"] };
    const text = write(rows, ({ groups }) => ({ groups: [...groups, { ...group(), definition }] }));
    const now = 'name = "B" # ours\nicon = "star"\nposition = 7\nmembers = ["y"]';
    expect(text).toBe(`${rows}\n[[groups]]\n${now}\n`);
  });

  test("stands behind the one before it, and before all where it was the first", () => {
    const text = '[[tag_definitions]]\nname = "M"\n\n[[tag_definitions]]\nname = "N"\n';
    const row = { ...tag(), definition: tagOf({}) };
    expect(write(text, ({ tags }) => ({ tags: tags.toSpliced(1, 0, row) }))).toBe(
      text.replace("\n\n", `\n\n${TAG}\n\n`),
    );
    expect(write(text, ({ tags }) => ({ tags: [row, ...tags] }))).toBe(`${TAG}\n\n${text}`);
  });

  test("is written anew into an inline section, as one that is new", () => {
    const text = 'groups = [{ name = "A", position = 0 }]\n';
    expect(
      write(text, ({ groups }) => ({
        groups: [...groups, { ...group(GROUP.replace("= 1", "= 5")), definition: fields }],
      })),
    ).toBe(
      'groups = [{ name = "A", position = 0 }, { name = "B", description = "", color = "", icon = "", position = 1, members = ["x"] }]\n',
    );
  });

  test("is written anew, all of it, where a change has no single place in it", () => {
    const odd = '[[groups]]\nname = "B"\nposition = 1\n[groups.icon]\nx = 1';
    const text = write(OTHERS, ({ groups }) => ({
      groups: groups.toSpliced(1, 0, {
        ...group(odd),
        definition: { ...fields, icon: "star", members: [] },
      }),
    }));
    expect(text).toBe(
      OTHERS.replace(
        "\n\n",
        '\n\n[[groups]]\nname = "B"\ndescription = ""\ncolor = ""\nicon = "star"\nposition = 1\nmembers = []\n\n',
      ),
    );
  });

  test("is no new one, so that a list whose last comes back needs no other positions", () => {
    const rows = OTHERS.replace("position = 2", "position = 9");
    const last = group('[[groups]]\nname = "Z"\nposition = 12');
    const text = write(rows, ({ groups }) => ({
      groups: [...groups, { ...last, definition: { ...added({ name: "Z" }).definition } }],
    }));
    expect(text).toBe(`${rows}\n[[groups]]\nname = "Z"\nposition = 12\n`);
  });
});
