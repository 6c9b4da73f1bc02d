import { expect, test } from "vitest";
import { compareCurations, hasImages, type Curation } from "./change-images.ts";

const NOTHING: Curation = { groups: [], groupOrder: [], tags: [], artifacts: [], displayName: "" };

function group(id: string, place: number, ...members: string[]) {
  const fields = { name: id, description: "", color: "", icon: "" };
  return { ...fields, id, place, members: members.map((ref) => ({ ref, artifact: null })) };
}

test("what stayed the same is not kept, nor is a place that others changed", () => {
  const before = { ...NOTHING, groups: [group("a", 0, "x")], displayName: "A" };
  const after = { ...before, groups: [group("a", 1, "x")] };
  expect(hasImages(compareCurations(before, after, []))).toBe(false);
  expect(hasImages(compareCurations(before, { ...after, displayName: "B" }, []))).toBe(true);
});

test("members are kept where they changed, or where their group came or went", () => {
  const before = {
    ...NOTHING,
    groups: [group("a", 0, "x"), group("b", 1, "y"), group("c", 2, "z")],
  };
  const renamed = { ...group("a", 0, "x"), name: "A" };
  const after = { ...NOTHING, groups: [renamed, group("b", 1, "y", "z")] };
  const { groups } = compareCurations(before, after, []);
  expect(groups).toMatchObject([
    { before: { name: "a", members: null }, after: { name: "A", members: null } },
    { before: { members: [{ ref: "y" }] }, after: { members: [{ ref: "y" }, { ref: "z" }] } },
    { before: { members: [{ ref: "z" }] }, after: null },
  ]);
});

test.each([
  ["abcdef", "abdcef", { before: "cd", after: "dc" }],
  ["abc", "cab", { before: "abc", after: "cab" }],
  ["abc", "axbyc", null],
  ["abxc", "ayc", null],
  ["xabcz", "bacyz", { before: "ab", after: "ba" }],
  ["", "a", null],
])(
  "of the orders %s and %s the part is kept that changed, of what is in both",
  (old, now, kept) => {
    const before = { ...NOTHING, groupOrder: [...old] };
    const after = { ...NOTHING, groupOrder: [...now] };
    const { groupOrder } = compareCurations(before, after, []);
    const joined = groupOrder && {
      before: groupOrder.before.join(""),
      after: groupOrder.after.join(""),
    };
    expect(joined).toEqual(kept);
  },
);
