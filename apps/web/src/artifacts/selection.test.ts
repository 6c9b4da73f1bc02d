import { expect, it } from "vitest";
import { extendTo, NOTHING_SELECTED, selectOnly, toggleOne } from "./selection.ts";

const ORDER = ["a", "b", "c", "d", "e"];
const idsOf = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].toSorted();

it("selects one, and takes it back", () => {
  const one = toggleOne(NOTHING_SELECTED, "b");
  expect(idsOf(one)).toEqual(["b"]);
  expect(idsOf(toggleOne(one, "b"))).toEqual([]);
});

it("extends a range in both directions, and makes it smaller again", () => {
  const from = toggleOne(NOTHING_SELECTED, "c");
  const below = extendTo(from, "e", ORDER);
  expect(idsOf(below)).toEqual(["c", "d", "e"]);
  expect(idsOf(extendTo(below, "d", ORDER))).toEqual(["c", "d"]);
  expect(idsOf(extendTo(below, "a", ORDER))).toEqual(["a", "b", "c"]);
});

it("keeps what was selected beside the range", () => {
  const both = toggleOne(toggleOne(NOTHING_SELECTED, "a"), "d");
  expect(idsOf(extendTo(both, "e", ORDER))).toEqual(["a", "d", "e"]);
});

it("selects one alone where no range has begun, or its beginning is shown no more", () => {
  expect(idsOf(extendTo(NOTHING_SELECTED, "b", ORDER))).toEqual(["b"]);
  expect(idsOf(extendTo(toggleOne(NOTHING_SELECTED, "z"), "b", ORDER))).toEqual(["b", "z"]);
});

it("selects all that are shown", () => {
  expect(idsOf(selectOnly(ORDER))).toEqual(ORDER);
});
