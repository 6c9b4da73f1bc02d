import { expect, test } from "vitest";
import { escapeLines, escapeText, safeJson } from "./escape.ts";

test("a plain text stays as it is, in any script", () => {
  expect(escapeText("Grüße, 日本語, 👩‍💻")).toBe("Grüße, 日本語, 👩‍💻");
});

test.each([
  ["\u001b[31mred", "\\x1b[31mred"],
  ["a\u0007b\u009bc", "a\\x07b\\x9bc"],
  ["two\nlines\tand\rmore", "two\\nlines\\tand\\rmore"],
  ["right\u202eto left", "right\\u202eto left"],
  ["half \ud800", "half \\ud800"],
])("what would control a terminal is shown: %j", (text, shown) => {
  expect(escapeText(text)).toBe(shown);
});

test("escapeLines keeps line breaks alone", () => {
  expect(escapeLines("one\r\ntwo\u001b\nthree")).toBe("one\ntwo\\x1b\nthree");
});

test("JSON holds no control character, and stands for the same value", () => {
  const value = { name: "a\u001b\u007f\u009b\u2028b" };
  const json = safeJson(value);
  expect(json.replace(/\n/g, "")).not.toMatch(/[\p{Cc}\u2028]/u);
  expect(JSON.parse(json)).toEqual(value);
});
