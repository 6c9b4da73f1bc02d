import { expect, test } from "vitest";
import { mergeList, mergeOrder } from "./merge-list.ts";

test.each([
  ["what the loser has first stands first", "ab", "ab", "xab", "xab"],
  ["behind what stands before it there", "ab", "ab", "axb", "axb"],
  ["or last, if it stands last there", "ab", "abw", "abx", "abwx"],
  ["in runs", "abc", "abc", "xyazbvwc", "xyazbvwc"],
  ["behind what the winner has there", "ab", "awb", "axb", "awxb"],
  ["alone where nothing was", "", "", "xy", "xy"],
  ["behind the winner's where they share nothing", "", "vw", "xy", "vwxy"],
])("what only the loser has goes where it stands there: %s", (_, base, winner, loser, merged) => {
  const { items, clash } = mergeList([...base], [...winner], [...loser]);
  expect(items.join("")).toBe(merged);
  expect(items).toHaveLength(merged.length);
  expect(clash).toBe(false);
});

test("a side that moved what the other deleted, and that stays, has reordered the list", () => {
  const kept = new Set("nabc");
  const order = (winner: string, loser: string) =>
    mergeOrder([..."bca"], [...winner], [...loser], kept).items.join("");
  expect(order("bcn", "nabc")).toBe("nabc");
  expect(order("nabc", "bcn")).toBe("nabc");
  expect(order("bcan", "nabc"), "as it does where the other has it").toBe("nabc");
});

test.each([
  ["not where both moved alike, and one added to it", "abc", "cba", "cbax", false],
  ["nor where both added the same in two places", "ab", "bax", "xba", false],
  ["but where each moved what both have", "abc", "cba", "bac", true],
])("two orders clash %s", (_, base, winner, loser, clash) => {
  const kept = new Set(base + winner + loser);
  expect(mergeOrder([...base], [...winner], [...loser], kept).clash).toBe(clash);
});

test("who moved nothing but what goes has not reordered the list", () => {
  const merged = mergeOrder([..."abc"], [..."cab"], [..."ba"], new Set("ab"));
  expect(merged).toEqual({ items: ["b", "a"], clash: false });
});
