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

test("each row says what it is on either side, whichever is preferred", () => {
  const before = [group("1", "A")];
  const theirs = [group(null, "A"), group(null, "B")];
  for (const prefer of ["ours", "theirs"] as const) {
    expect(mergeGroups(before, [group("1", "A"), group("9", "C")], theirs, prefer).merged).toEqual([
      expect.objectContaining({ name: "A", ours: "1", theirs: null }),
      expect.objectContaining({ name: prefer === "ours" ? "C" : "B" }),
      expect.objectContaining({ name: prefer === "ours" ? "B" : "C" }),
    ]);
  }
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

test("a group without members is not recognised by having none", () => {
  const before = [group("1", "A", "", { color: "red" })];
  const { merged } = mergeGroups(before, before, [group(null, "Z", "", { color: "blue" })]);
  expect(merged).toMatchObject([{ name: "Z", ours: null }]);
});

test("two groups that exchanged their members in a file have not exchanged their names", () => {
  const before = [group("1", "A", "a"), group("2", "B", "b")];
  const { groups, merged } = mergeGroups(before, before, [
    group(null, "B", "a"),
    group(null, "A", "b"),
  ]);
  expect(groups).toEqual(["B:a", "A:b"]);
  expect(merged.map(({ ours }) => ours)).toEqual(["2", "1"]);
});

test.each([
  ["A (2)", "A", true],
  ["A (12)", "A", true],
  ["A (2) (3)", "A", true],
  ["A (2)", "A (3)", true],
  ["A (2) b", "A b", false],
  ["A (b)", "A (c)", false],
])(
  "a group %j that one side added, and %j with the same members, are one: %s",
  (one, other, are) => {
    const taken = group("1", "A", "z");
    const numbered = group("2", one, "ab");
    const plain = group(null, other, "ab");
    const members = ({ merged }: ReturnType<typeof mergeGroups>) =>
      merged.map((row) => row.members.map(({ ref }) => ref).join("")).toSorted();
    const expected = are ? ["ab", "z"] : ["ab", "ab", "z"];
    expect(members(mergeGroups([], [taken, numbered], [plain]))).toEqual(expected);
    expect(members(mergeGroups([], [plain], [taken, numbered]))).toEqual(expected);
  },
);

test("a group or tag that one side deleted stays if the other changed one field of it", () => {
  const { merged } = mergeRows(
    base({ groups: [group("1", "A", "a")], tags: [tag(1, "a")] }),
    cache({}),
    file({
      groups: [group(null, "A", "a", { icon: "star" })],
      tags: [tag(null, "a", { color: "#fff" })],
    }),
    "ours",
  );
  expect(merged.groups).toMatchObject([{ name: "A", icon: "star" }]);
  expect(merged.tags).toMatchObject([{ slug: "a", color: "#fff" }]);
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
    { base: 1, ours: 1, theirs: null, name: "C", slug: "cee", color: "#fff", description: "" },
  ]);
  expect(
    merged.artifacts.map(({ artifact, tags }) => [artifact, tags.map((use) => use.slug)]),
  ).toEqual([
    ["skill:x", ["loose", "cee"]],
    ["skill:y", ["cee"]],
  ]);
});

test("a word that its side does not define means what it means elsewhere, unless that is there, too", () => {
  const uses = (...slugs: string[]) => slugs.map((slug) => ({ slug, word: slug }));
  const artifacts = (...slugs: string[]) => [
    { artifact: "skill:x", path: "", tags: uses(...slugs) },
  ];
  const before = base({ tags: [tag(1, "c", { name: "C" })], artifacts: artifacts("c") });
  const tagsOf = (ours: MergeSide, theirs: MergeSide) =>
    mergeRows(before, ours, theirs, "theirs").merged.artifacts[0]?.tags.map(({ slug }) => slug);
  const renamed = cache({ tags: [tag(1, "cee", { name: "C" })], artifacts: artifacts("cee") });
  expect(tagsOf(renamed, file({ artifacts: artifacts("c", "d") }))).toEqual(["cee", "d"]);
  const renamedThere = file({
    tags: [tag(null, "dee", { name: "C" })],
    artifacts: artifacts("dee", "c"),
  });
  expect(tagsOf({ ...before, hasIdsOfBase: true }, renamedThere)).toEqual(["dee", "c"]);
});

test("a slug is numbered on from those that are taken", () => {
  const { merged } = mergeRows(
    base({ tags: [tag(1, "a", { name: "A" }), tag(2, "z-2")] }),
    cache({ tags: [tag(1, "z", { name: "A" }), tag(2, "z-2")] }),
    file({
      tags: [tag(null, "a", { name: "A" }), tag(null, "z-2"), tag(null, "z", { name: "N" })],
    }),
    "theirs",
  );
  expect(merged.tags.map(({ slug, name }) => [slug, name])).toEqual([
    ["z-3", "A"],
    ["z-2", "z-2"],
    ["z", "N"],
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
