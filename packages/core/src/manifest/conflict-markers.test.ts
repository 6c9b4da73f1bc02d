import { expect, test } from "vitest";
import { findConflictMarker } from "./conflict-markers.ts";

test.each([
  ["a = 1\n<<<<<<< HEAD\nb = 2\n=======\nb = 3\n>>>>>>> branch\n", 2],
  ["a = 1\r\n<<<<<<<\r\nb = 2\r\n", 2],
  ["a = 1\nb = 2\n||||||| base\n", 3],
  ["a = 1\nb = 2\n\n>>>>>>> branch of mine", 4],
])("the first marker of %j is in its line", (text, line) => {
  expect(findConflictMarker(text, 1)).toEqual({ line, column: 1 });
});

test.each([
  "a = 1\n",
  "a = '<<<<<<< HEAD'\n",
  " <<<<<<< HEAD\n",
  "<<<<<<<HEAD\n",
  "<<<<<< HEAD\n",
  "<<<<<<<< HEAD\n",
  "> HEAD\n",
  "a\n>>>>>>>>\n",
])("%j has none", (text) => {
  expect(findConflictMarker(text, 1)).toBe(null);
});

test("a line of equals signs is one only where the parser gave up", () => {
  const text = "a = 1\n=======\nb = 2\n";
  expect(findConflictMarker(text, 2)).toEqual({ line: 2, column: 1 });
  expect(findConflictMarker(text, 1)).toBe(null);
  expect(findConflictMarker("a\n========\n", 2)).toBe(null);
  expect(findConflictMarker("a\n=======x\n", 2)).toBe(null);
  expect(findConflictMarker("a\nx=======\n", 2)).toBe(null);
  expect(findConflictMarker("a\n", 9)).toBe(null);
});
