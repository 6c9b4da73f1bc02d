import { expect, test } from "vitest";
import { applyEdits } from "./edits.ts";

test("edits are applied in whatever order they come", () => {
  const edits = [
    { start: 4, end: 5, text: "E" },
    { start: 0, end: 2, text: "" },
    { start: 3, end: 3, text: "+" },
  ];
  expect(applyEdits("abcdef", edits)).toBe("c+dEf");
});

test("of edits at one place the first given comes first", () => {
  const edits = [
    { start: 1, end: 1, text: "1" },
    { start: 1, end: 1, text: "2" },
  ];
  expect(applyEdits("ab", edits)).toBe("a12b");
});

test("removals may overlap, and nothing comes back twice", () => {
  const edits = [
    { start: 1, end: 4, text: "" },
    { start: 2, end: 6, text: "" },
    { start: 3, end: 5, text: "" },
  ];
  expect(applyEdits("abcdefgh", edits)).toBe("agh");
  expect(applyEdits("abc", [])).toBe("abc");
});
