import { expect, test } from "vitest";
import { read } from "../manifest/testing/read.ts";
import { matchGroups, matchTags } from "./match.ts";
import { NO_ROWS, type OwnedRows } from "./owned-rows.ts";

/** What groups of the file with these names are to a cache and a base that hold `id: name`. */
function match(
  file: readonly string[],
  cache: Readonly<Record<string, string>>,
  base: Readonly<Record<string, string>> = {},
): string[] {
  const { groups } = read(file.map((name) => `[[groups]]\nname = "${name}"\n`).join(""));
  const rows = Object.entries(cache).map(([id, name]) => ({ id, name }));
  const fields = { description: "", color: "", icon: "", members: [] };
  const known = Object.entries(base).map(([id, name]) => ({ id, name, ...fields }));
  return [...matchGroups(groups, rows, { ...NO_ROWS, groups: known }).values()].map((found) =>
    found.kind === "both" ? found.row : found.kind,
  );
}

test.each<[string, Parameters<typeof match>, string[]]>([
  ["by name, ignoring case, where there is no base", [["a", "B"], { x: "A" }], ["x", "added"]],
  ["by the base, where it was renamed here", [["A"], { x: "Z" }, { x: "A" }], ["x"]],
  [
    "by the base, where two exchanged their names here",
    [["A", "B"], { x: "B", y: "A" }, { x: "A", y: "B" }],
    ["x", "y"],
  ],
  ["as deleted where the base has it and the cache no more", [["A"], {}, { x: "A" }], ["deleted"]],
  [
    "as added where its name is that of one renamed here, which the file has, too",
    [["A", "Z"], { x: "Z" }, { x: "A" }],
    ["x", "added"],
  ],
  [
    "as the cache's where that has a new one of the name",
    [["A", "N"], { x: "A", n: "n" }, { x: "A" }],
    ["x", "n"],
  ],
])("a group of the file is known %s", (_, rows, matches) => {
  expect(match(...rows)).toEqual(matches);
});

test("a tag of the file is known by the base, then by its slug", () => {
  const { tags } = read(
    ["a", "b", "c", "d"].map((slug) => `[[tag_definitions]]\nslug = "${slug}"\n`).join(""),
  );
  const fields = { color: "", description: "", name: "x" };
  const base: OwnedRows = {
    ...NO_ROWS,
    tags: [
      { id: 1, slug: "a", ...fields },
      { id: 2, slug: "b", ...fields },
    ],
  };
  const cache = [
    { id: 1, slug: "z" },
    { id: 3, slug: "c" },
  ];
  expect([...matchTags(tags, cache, base).values()]).toEqual([
    { kind: "both", row: 1 },
    { kind: "deleted", row: 2 },
    { kind: "both", row: 3 },
    { kind: "added" },
  ]);
});
