import { expect, test } from "vitest";
import { mergeRows } from "./merge-rows.ts";
import {
  NOTHING,
  type MergeGroup,
  type MergeRows,
  type MergeSide,
  type MergeTag,
} from "./mergeable-rows.ts";

const cache = (rows: Partial<MergeRows>): MergeSide => ({
  ...NOTHING,
  ...rows,
  hasIdsOfBase: true,
});
const file = (rows: Partial<MergeRows>): MergeSide => ({
  ...NOTHING,
  ...rows,
  hasIdsOfBase: false,
});
const base = (rows: Partial<MergeRows>): MergeRows => ({ ...NOTHING, ...rows });

function group(
  id: string | null,
  name: string,
  refs = "",
  more: Partial<MergeGroup> = {},
): MergeGroup {
  const members = refs.split("").map((ref) => ({ ref, artifact: null }));
  return { id, name, description: "", color: "", icon: "", members, ...more };
}

function tag(id: number | null, slug: string, more: Partial<MergeTag> = {}): MergeTag {
  return { id, slug, name: slug, color: "", description: "", ...more };
}

function mergeGroups(
  before: readonly MergeGroup[],
  ours: readonly MergeGroup[],
  theirs: readonly MergeGroup[],
  prefer: "ours" | "theirs" = "theirs",
) {
  const merge = mergeRows(
    base({ groups: before }),
    cache({ groups: ours }),
    file({ groups: theirs }),
    prefer,
  );
  const groups = merge.merged.groups.map(({ name, members }) => {
    return `${name}:${members.map((member) => member.ref).join("")}`;
  });
  return { groups, conflicts: merge.conflicts, merged: merge.merged.groups };
}

test("each field is that side's which changed it; where both did, the preferred side's, and that is reported", () => {
  const before = [group("1", "A", "", { color: "red", icon: "x", description: "one" })];
  const ours = [group("1", "A", "", { color: "blue", icon: "x", description: "two" })];
  const theirs = [group(null, "A", "", { color: "green", icon: "y", description: "one" })];
  const merge = mergeGroups(before, ours, theirs);
  expect(merge.merged).toMatchObject([
    { ours: "1", theirs: null, color: "green", icon: "y", description: "two" },
  ]);
  expect(merge.conflicts).toEqual([
    { kind: "group", name: "A", field: "color", kept: "green", lost: "blue" },
  ]);
  expect(mergeGroups(before, ours, theirs, "ours").merged).toMatchObject([{ color: "blue" }]);
});

test("members merge as sets", () => {
  const merge = mergeGroups(
    [group("1", "A", "abc")],
    [group("1", "A", "xbc")],
    [group(null, "A", "aby")],
  );
  expect(merge.groups).toEqual(["A:xby"]);
  expect(merge.conflicts).toEqual([]);
});

test.each([
  ["theirs", "abcx", "cab", "cabx"],
  ["ours", "cab", "abcx", "cabx"],
  ["neither", "xabc", "abcy", "xabcy"],
  ["both alike", "cba", "cba", "cba"],
])("members stand as the side has them that reordered them: %s", (_, ours, theirs, expected) => {
  const merge = mergeGroups(
    [group("1", "A", "abc")],
    [group("1", "A", ours)],
    [group(null, "A", theirs)],
  );
  expect(merge.groups).toEqual([`A:${expected}`]);
  expect(merge.conflicts).toEqual([]);
});

test("where both reordered them the preferred side's order stands, and that is reported", () => {
  const before = [group("1", "A", "abc"), group("2", "B"), group("3", "C", "c")];
  const ours = [group("3", "C", "c"), group("1", "A", "cba"), group("2", "B")];
  const theirs = [group(null, "B"), group(null, "A", "bca"), group(null, "C", "c")];
  const merge = mergeGroups(before, ours, theirs);
  expect(merge.groups).toEqual(["B:", "A:bca", "C:c"]);
  expect(merge.conflicts).toEqual([
    { kind: "group", name: "A", field: "order", kept: "b, c, a", lost: "c, b, a" },
    { kind: "group", name: "", field: "order", kept: "B, A, C", lost: "C, A, B" },
  ]);
  expect(mergeGroups(before, ours, theirs, "ours").groups).toEqual(["C:c", "A:cba", "B:"]);
});

test("what one side deleted goes if the other left it alone, and stays if that changed it", () => {
  const before = [group("1", "A", "a"), group("2", "B", "b"), group("3", "C", "c")];
  const merge = mergeGroups(
    before,
    [group("3", "C", "c")],
    [group(null, "A", "a"), group(null, "B", "bx")],
  );
  expect(merge.groups).toEqual(["B:bx"]);
  expect(merge.conflicts).toEqual([
    { kind: "group", name: "B", field: "row", kept: "changed", lost: "deleted" },
  ]);
});

test.each([
  ["its members", group(null, "Z", "ba", { color: "red" }), ["Z:bax"]],
  ["its place and fields", group(null, "Z", "ab"), ["Z:abx"]],
  ["nothing", group(null, "Z", "b", { color: "red" }), ["A:abx", "Z:b"]],
])("a group that a file renamed is recognised by %s", (_, renamed, expected) => {
  const merge = mergeGroups([group("1", "A", "ab")], [group("1", "A", "abx")], [renamed]);
  expect(merge.groups.toSorted()).toEqual(expected);
});

test("a group that was renamed here is known by its id, whatever else changed", () => {
  const merge = mergeGroups(
    [group("1", "A", "a"), group("2", "B", "b")],
    [group("1", "B", "x"), group("2", "A", "b")],
    [group(null, "A", "ay"), group(null, "B", "b")],
  );
  expect(merge.groups).toEqual(["B:yx", "A:b"]);
});

test("of two groups that end up with one name the second is numbered, and that is reported", () => {
  const merge = mergeGroups(
    [group("1", "A", "a")],
    [group("1", "Z", "ax")],
    [group(null, "A", "a"), group(null, "z", "z")],
  );
  expect(merge.groups).toEqual(["Z (2):ax", "z:z"]);
  expect(merge.conflicts).toEqual([
    { kind: "group", name: "Z (2)", field: "name", kept: "Z (2)", lost: "Z" },
  ]);
});

test("a group that both added under one name is one, with the members of both", () => {
  const merge = mergeGroups([], [group("1", "A", "ab")], [group(null, "a", "bc")]);
  expect(merge.groups).toEqual(["a:abc"]);
});

test("what both added goes behind what stands before it on its side", () => {
  const before = [group("1", "A"), group("2", "B", "b")];
  const ours = [group("1", "A"), group("9", "Ours", "o"), group("2", "B", "b")];
  const theirs = [group(null, "A"), group(null, "Theirs", "t"), group(null, "B", "b")];
  expect(mergeGroups(before, ours, theirs).groups).toEqual(["A:", "Theirs:t", "Ours:o", "B:b"]);
});

test("a tag whose slug one side changed is changed on the artifacts of both", () => {
  const uses = (...slugs: string[]) => slugs.map((slug) => ({ slug, word: slug }));
  const { merged } = mergeRows(
    base({
      tags: [tag(1, "c", { name: "C" })],
      artifacts: [{ artifact: "skill:x", path: "", tags: uses("c") }],
    }),
    cache({
      tags: [tag(1, "cee", { name: "C" })],
      artifacts: [{ artifact: "skill:x", path: "", tags: uses("cee") }],
    }),
    file({
      tags: [tag(null, "c", { name: "C", color: "#fff" })],
      artifacts: [
        { artifact: "skill:x", path: "", tags: uses("loose", "c") },
        { artifact: "skill:y", path: "y", tags: uses("c") },
      ],
    }),
    "theirs",
  );
  expect(merged.tags).toEqual([
    { ours: 1, theirs: null, name: "C", slug: "cee", color: "#fff", description: "" },
  ]);
  expect(
    merged.artifacts.map(({ artifact, tags }) => [artifact, tags.map((use) => use.slug)]),
  ).toEqual([
    ["skill:x", ["loose", "cee"]],
    ["skill:y", ["cee"]],
  ]);
});

test("of two tags that end up with one slug the second is numbered; a tag is recognised by its name", () => {
  const { merged, conflicts } = mergeRows(
    base({ tags: [tag(1, "a"), tag(2, "b", { name: "B" })] }),
    cache({ tags: [tag(1, "z", { name: "a" }), tag(2, "b", { name: "B", color: "#fff" })] }),
    file({
      tags: [tag(null, "a"), tag(null, "bee", { name: "b" }), tag(null, "z", { name: "new" })],
    }),
    "theirs",
  );
  expect(merged.tags.map(({ slug, name, color }) => [slug, name, color])).toEqual([
    ["z-2", "a", ""],
    ["bee", "b", "#fff"],
    ["z", "new", ""],
  ]);
  expect(conflicts).toEqual([{ kind: "tag", name: "z-2", field: "slug", kept: "z-2", lost: "z" }]);
});

test("both reordered the tags, and the tags of an artifact: the preferred side's order stands", () => {
  const slugs = (list: string) => list.split("");
  const side = (list: string, ids: boolean) => ({
    groups: [],
    tags: slugs(list).map((slug, index) => tag(ids ? index : null, slug)),
    artifacts: [
      { artifact: "skill:x", path: "", tags: slugs(list).map((slug) => ({ slug, word: slug })) },
    ],
  });
  const { merged, conflicts } = mergeRows(
    side("abc", true),
    file(side("cba", false)),
    file(side("bca", false)),
    "ours",
  );
  expect(merged.tags.map(({ slug }) => slug)).toEqual(["c", "b", "a"]);
  expect(merged.artifacts[0]?.tags.map(({ slug }) => slug)).toEqual(["c", "b", "a"]);
  expect(conflicts).toEqual([
    { kind: "tag", name: "", field: "order", kept: "c, b, a", lost: "b, c, a" },
    { kind: "artifact", name: "skill:x", field: "order", kept: "c, b, a", lost: "b, c, a" },
  ]);
});

test("an artifact's row that one side deleted stays if the other changed its tags", () => {
  const row = (name: string, ...slugs: string[]) => {
    return {
      artifact: `skill:${name}`,
      path: "",
      tags: slugs.map((slug) => ({ slug, word: slug })),
    };
  };
  const { merged, conflicts } = mergeRows(
    base({ artifacts: [row("x", "a"), row("y")] }),
    cache({}),
    file({ artifacts: [row("x", "b"), row("y")] }),
    "ours",
  );
  expect(merged.artifacts).toEqual([row("x", "b")]);
  expect(conflicts).toEqual([
    { kind: "artifact", name: "skill:x", field: "row", kept: "changed", lost: "deleted" },
  ]);
});
