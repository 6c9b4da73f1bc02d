import { expect, test } from "vitest";
import { anyPositions, positionAt } from "./position.ts";

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

test.each(["", "a", "\n", "a\r\nbc\n\n🎨é = x\n", "\uFEFFa\nb"])(
  "in %j offsets in any order are where each alone is",
  (text) => {
    const positionOf = anyPositions(text);
    const offsets = [...Array(text.length + 1).keys()].slice(text.startsWith("\uFEFF") ? 1 : 0);
    for (const offset of [...offsets.toReversed(), ...offsets]) {
      expect(positionOf(offset)).toEqual(positionAt(text, offset));
    }
  },
);
