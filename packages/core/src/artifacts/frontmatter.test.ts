import { expect, test } from "vitest";
import { readFrontmatter } from "./frontmatter.ts";

const NOTHING = { title: null, name: null, description: null, tags: [] };

test("title, name, description and tags are read", () => {
  const text = "---\ntitle: The PDF\nname: pdf\ndescription: Reads PDFs\ntags: [a, b]\n---\nBody\n";
  expect(readFrontmatter(text)).toEqual({
    data: { title: "The PDF", name: "pdf", description: "Reads PDFs", tags: ["a", "b"] },
    problem: null,
  });
});

test("no frontmatter, an empty one and one of comments alone are fine", () => {
  for (const text of [
    "",
    "# Title\n",
    "----\nx\n----\n",
    "---\n---\n",
    "---\n# soon\n---\n",
    "a\n---\n",
  ]) {
    expect(readFrontmatter(text)).toEqual({ data: NOTHING, problem: null });
  }
});

test("a byte order mark, CRLF and spaces behind the dashes are fine", () => {
  const text = "\uFEFF---  \r\nname: pdf\r\ntags:\r\n  - a\r\n---\t\r\nBody\r\n";
  const { data, problem } = readFrontmatter(text);
  expect(data).toEqual({ ...NOTHING, name: "pdf", tags: ["a"] });
  expect(problem).toBeNull();
});

test("frontmatter may end with the file", () => {
  expect(readFrontmatter("---\nname: pdf\n---").data.name).toBe("pdf");
});

test("tags may be one text with commas; blanks and doubles fall away, ignoring case", () => {
  const { data } = readFrontmatter("---\ntags: 'a, B ,, b,c d'\n---\n");
  expect(data.tags).toEqual(["a", "B", "c d"]);
});

test("numbers and dates are kept as the text that they are", () => {
  const { data, problem } = readFrontmatter(
    "---\nname: 007\ntitle: 2026-01-02\ndescription: 1.10\ntags: [1.0, 0x10, 2026, no]\n---\n",
  );
  expect(data).toEqual({
    title: "2026-01-02",
    name: "007",
    description: "1.10",
    tags: ["1.0", "0x10", "2026", "no"],
  });
  expect(problem).toBeNull();
});

test("an empty value says nothing", () => {
  const { data, problem } = readFrontmatter("---\ntitle:\nname: ~\ndescription: ''\ntags:\n---\n");
  expect({ data, problem }).toEqual({ data: NOTHING, problem: null });
});

test("a description keeps its lines, a title has one", () => {
  const { data } = readFrontmatter(
    "---\ntitle: |\n  Two\n  lines\ndescription: |\n  a\n  b\n---\n",
  );
  expect(data.title).toBe("Two lines");
  expect(data.description).toBe("a\nb");
});

test("what is no text is reported at its key, and the rest is read", () => {
  const { data, problem } = readFrontmatter("---\nname: pdf\ntags: [a, {b: c}, true, d]\n---\n");
  expect(data).toEqual({ ...NOTHING, name: "pdf", tags: ["a", "d"] });
  expect(problem).toEqual({
    line: 3,
    column: 1,
    message: 'In the frontmatter, "tags" must hold words only; another value was left out',
  });
  expect(readFrontmatter("---\n{title: [x], name: pdf}\n---\n")).toMatchObject({
    data: { title: null, name: "pdf" },
    problem: { line: 2 },
  });
  expect(readFrontmatter("---\ntags: {a: b}\n---\n").problem?.message).toContain("list of words");
});

test("broken YAML is reported where it is broken, counted in the file", () => {
  const { data, problem } = readFrontmatter("---\nname: pdf\ntags: [a\nother: [b]\n---\n");
  expect(problem).toMatchObject({ line: 4, column: 1 });
  expect(problem?.message).toContain("not valid YAML");
  expect(data.name).toBe("pdf");
  expect(readFrontmatter("---\r\nname: 'pdf\r\n---\r\n").problem).toMatchObject({ line: 3 });
});

test("a description with an unquoted colon is reported, and read as the text that it is", () => {
  const { data, problem } = readFrontmatter(
    "---\nname: pdf\ndescription: Use when: always\ntags:\n  - a\n---\n",
  );
  expect(problem).toMatchObject({ line: 3, column: 22 });
  expect(problem?.message).toContain("needs quotes");
  expect(data).toEqual({ ...NOTHING, name: "pdf", description: "Use when: always", tags: ["a"] });
});

test("of a key that stands twice the first counts", () => {
  const { data, problem } = readFrontmatter("---\nname: a\nname: b\n---\n");
  expect(data.name).toBe("a");
  expect(problem).toMatchObject({ line: 3, column: 1 });
});

test("frontmatter without an end is reported, and nothing of the body is taken for it", () => {
  const { data, problem } = readFrontmatter("---\nname: pdf\n\nBody: text\n");
  expect(data).toEqual(NOTHING);
  expect(problem).toMatchObject({ line: 1, column: 1 });
  expect(problem?.message).toContain("closing ---");
});

test("a list, a lone text and two documents are reported", () => {
  for (const yaml of ["- a", "Some text", "name: a\n...\nname: b"]) {
    expect(readFrontmatter(`---\n${yaml}\n---\n`)).toMatchObject({
      data: NOTHING,
      problem: { line: 2, message: "The frontmatter must be one list of `key: value` lines" },
    });
  }
});

test("custom tags run nothing", () => {
  const { data, problem } = readFrontmatter("---\nname: pdf\nx: !!js/function 'f'\n---\n");
  expect(data.name).toBe("pdf");
  expect(problem?.message).toContain("not valid YAML");
});

test("a __proto__ key has no effect", () => {
  const { data } = readFrontmatter("---\n__proto__: {name: evil, tags: [x]}\ntitle: T\n---\n");
  expect(data).toEqual({ ...NOTHING, title: "T" });
  expect(Object.hasOwn(Object.prototype, "name")).toBe(false);
});

test("aliases beyond need are refused", () => {
  const { data, problem } = readFrontmatter(
    `---\nname: pdf\nx: &x [1]\ny: [${"*x,".repeat(200)}]\n---\n`,
  );
  expect(problem?.message).toContain("alias");
  expect(data.name).toBe("pdf");
});

test("more than 64 KB is not read", () => {
  const long = `---\nname: pdf\ndescription: ${"x".repeat(65_536)}\n---\n`;
  expect(readFrontmatter(long)).toMatchObject({
    data: NOTHING,
    problem: {
      line: 1,
      column: 1,
      message: "The frontmatter is longer than 64 KB and was not read",
    },
  });
});

test("NUL and half characters do not reach the database", () => {
  const { data } = readFrontmatter('---\nname: "a\\0b"\ntitle: "x\\ud800y"\n---\n');
  expect(data.name).toBe("ab");
  expect(data.title).toBe("x\uFFFDy");
});
