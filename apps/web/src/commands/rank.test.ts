import { expect, test } from "vitest";
import { best, rank } from "./rank.ts";

const same = (text: string) => text;

test("what begins with the query comes before what has it at a word, and that before what has it within one", () => {
  const texts = ["unauthorised", "my auth", "authentication", "auth", "other"];
  expect(best(texts, same, "auth", 9)).toEqual([
    "auth",
    "authentication",
    "my auth",
    "unauthorised",
  ]);
});

test("every word has to be there, in any order and case", () => {
  expect(rank("Theme: Dark", "dark the")).toBeGreaterThan(0);
  expect(rank("Theme: Dark", "dark blue")).toBe(0);
});

test("without a query everything answers, in its own order, as far as there is room", () => {
  expect(best(["b", "a", "c"], same, "  ", 2)).toEqual(["b", "a"]);
});

test("a composed and a decomposed letter are the same", () => {
  expect(rank("Caf\u00e9", "cafe\u0301")).toBeGreaterThan(0);
});
