import { expect, test } from "vitest";
import { codeFrame } from "./code-frame.ts";
import { readManifest } from "./read.ts";

test("a place is shown with the lines around it, whatever line breaks part them", () => {
  const text = "\uFEFFone\r\ntwo\r\n\tthree\r\nfour\r\nfive\r\n";
  expect(codeFrame(text, { line: 3, column: 2 })).toBe(
    ["  1 | one", "  2 | two", "> 3 |  three", "    |  ^", "  4 | four"].join("\n"),
  );
  expect(codeFrame("one\n", { line: 1, column: 4 })).toBe("> 1 | one\n    |    ^");
  expect(codeFrame("one\n", { line: 2, column: 1 })).toBe("  1 | one\n> 2 |\n    | ^");
  expect(codeFrame("one\ntwo", { line: 1, column: 1 })).toBe("> 1 | one\n    | ^\n  2 | two");
  expect(codeFrame("one\ntwo\n", { line: 2, column: 1 })).toBe("  1 | one\n> 2 | two\n    | ^");
  expect(codeFrame("a\uFEFFb", { line: 1, column: 2 })).toBe("> 1 | a\uFEFFb\n    |  ^");
});

test("of a long line the part around the place is shown", () => {
  const frame = codeFrame(`${"x".repeat(5_000)}!${"y".repeat(5_000)}`, { line: 1, column: 5_001 });
  const [line = "", mark = ""] = frame.split("\n");
  expect(line.length).toBeLessThan(120);
  expect(line.indexOf("!")).toBe(mark.indexOf("^"));
  const markAt = (column: number) =>
    codeFrame("x".repeat(200), { line: 1, column }).split("\n")[1]?.indexOf("^");
  expect(markAt(100)).toBe("> 1 | ".length + 99);
  expect(markAt(101)).toBe("> 1 | ".length + 60);
});

test.each<[string, string, number, string]>([
  ["a merge that stopped", "[a]\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> theirs\n", 2, "<<<<"],
  ["its base among them", "a = 1\n||||||| 1234\na = 2\n=======\n", 2, "|||||||"],
  ["a parting line that was left", "a = 1\n=======\n", 2, "======="],
])("conflict markers are named as such: %s", (_, text, line, shown) => {
  const reading = readManifest(text);
  const problem = "unreadable" in reading ? reading.unreadable : null;
  expect(problem).toMatchObject({
    line,
    column: 1,
    message: `conflict markers of git at line ${line}`,
    frame: expect.stringContaining(`> 2 | ${shown}`),
  });
});

test("a marker may be the first thing in a file, behind its byte order mark", () => {
  expect(readManifest("\uFEFF<<<<<<< HEAD\n")).toMatchObject({
    unreadable: { line: 1, column: 1, message: "conflict markers of git at line 1" },
  });
});

test("what looks like a marker in a text that can be read is part of it", () => {
  expect(readManifest('a = """\n<<<<<<< HEAD\n=======\n"""\n')).toHaveProperty("manifest");
});
