import { expect, test } from "vitest";
import { parseDiff } from "./parse-diff.ts";

test("the lines of a diff are known by what became of them", () => {
  const diff = [
    "--- a/collection.toml",
    "+++ b/collection.toml",
    "@@ -1,2 +1,2 @@",
    " [[groups]]",
    '-name = "A"',
    '+name = "B"',
    "@@ -9,1 +9,1 @@",
    "--- a comment of dashes",
    "\\ No newline at end of file",
    "",
  ].join("\n");
  expect(parseDiff(diff)).toEqual([
    { kind: "same", text: "[[groups]]" },
    { kind: "removed", text: 'name = "A"' },
    { kind: "added", text: 'name = "B"' },
    { kind: "gap", text: "" },
    { kind: "removed", text: "-- a comment of dashes" },
  ]);
});

test("no difference has no lines", () => {
  expect(parseDiff("")).toEqual([]);
});
