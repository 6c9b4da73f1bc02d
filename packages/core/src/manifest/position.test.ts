import { expect, test } from "vitest";
import { positionAt } from "./position.ts";

test.each([
  ["a\nbc", 0, "1:1"],
  ["a\nbc", 1, "1:2"],
  ["a\nbc", 2, "2:1"],
  ["a\r\nbc", 4, "2:2"],
  ["\uFEFFab", 2, "1:2"],
  ["\uFEFFa\nb", 3, "2:1"],
  ["🎨é = x", 6, "1:6"],
  ["a\n\n", 3, "3:1"],
])("in %j offset %i is %s", (text, offset, expected) => {
  const { line, column } = positionAt(text, offset);
  expect(`${line}:${column}`).toBe(expected);
});
