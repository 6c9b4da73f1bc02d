import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { nameKey } from "../schema/text.ts";
import { likePattern } from "./search.ts";

const database = new Database(":memory:");
const like = database.prepare("select ? like ? escape '\\'").pluck();
const matches = (text: string, search: string) => {
  const pattern = likePattern(nameKey(search));
  return pattern === null || like.get(text, pattern) === 1;
};

test("SQL leaves out no character that a search finds, whatever its case", () => {
  const missed: string[] = [];
  for (let code = 1; code < 0x1_10_000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const text = String.fromCodePoint(code);
    // Each part of its key is found by itself.
    for (const part of nameKey(text)) if (!matches(`a${text}b`, part)) missed.push(text);
  }
  expect(missed).toEqual([]);
});

test.each([
  ["100% sure", "100%"],
  ["a_b", "A_B"],
  ["a\\b", "\\"],
  ["\u212Aelvin", "kel"],
  ["\u0130stanbul", "i"],
  ["a\u037Eb", "a;b"],
  ["e\u0301cole", "\u00C9COLE"],
  ["anything", ""],
])("what %j holds is found with %j", (text, search) => {
  expect(matches(text, search)).toBe(true);
});

test.each([
  ["100 percent", "100%"],
  ["abc", "a_c"],
  ["abc", "x"],
])("SQL leaves out %j where %j is looked for", (text, search) => {
  expect(matches(text, search)).toBe(false);
});

test("what SQL's LIKE does not know has no pattern", () => {
  for (const key of ["\u00E9", "a\0b", "a".repeat(20_000)]) expect(likePattern(key)).toBeNull();
});
