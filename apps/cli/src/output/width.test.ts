import { expect, test } from "vitest";
import { cutTo, padTo, widthOf } from "./width.ts";

test.each([
  ["", 0],
  ["plain", 5],
  ["Grüße", 5],
  ["e\u0301", 1],
  ["日本語", 6],
  ["한국", 4],
  ["ｗｉｄｅ", 8],
  ["👩‍💻", 2],
  ["🇩🇪", 2],
  ["👍🏽", 2],
  ["1️⃣", 2],
  ["ｶﾞ", 2],
  ["ｶｷ", 2],
  ["a\u200bb", 2],
  ["● \u001b[38;5;75mblue\u001b[39m", 6],
])("the width of %j is %i", (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test("padTo fills by columns, not by characters", () => {
  expect(padTo("日本", 6)).toBe("日本  ");
  expect(padTo("too long", 3)).toBe("too long");
});

test("cutTo cuts between graphemes and never past the width", () => {
  expect(cutTo("short", 5)).toBe("short");
  expect(cutTo("a longer text", 6)).toBe("a lon…");
  expect(cutTo("日本語", 4)).toBe("日…");
  expect(cutTo("ab 👩‍💻", 4)).toBe("ab…");
});
