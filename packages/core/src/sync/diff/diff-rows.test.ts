import { expect, test } from "vitest";
import {
  NOTHING,
  type MergeGroup,
  type MergeRows,
  type MergeTag,
} from "../merge/mergeable-rows.ts";
import { diffList } from "./diff-list.ts";
import { diffRows, toRowChanges } from "./diff-rows.ts";

const group = (id: string | null, name: string, ...members: string[]): MergeGroup => ({
  id,
  name,
  description: "",
  color: "",
  icon: "",
  members: members.map((ref) => ({ ref, artifact: null })),
});
const tag = (id: number | null, slug: string, name = slug): MergeTag => {
  return { id, slug, name, color: "", description: "" };
};
const rows = (some: Partial<MergeRows>): MergeRows => ({ ...NOTHING, ...some });
const listed = (...texts: string[]) => texts.map((text) => ({ key: text.toLowerCase(), text }));

test("a list's elements are added, removed or moved; as few as can be are called moved", () => {
  expect(diffList(listed("a", "b"), listed("A", "B"))).toBeNull();
  expect(diffList(listed("a", "b", "c", "d"), listed("d", "a", "b", "e"))).toEqual({
    cache: ["a", "b", "c", "d"],
    manifest: ["d", "a", "b", "e"],
    added: ["e"],
    removed: ["c"],
    moved: ["d"],
  });
  expect(diffList(listed("a", "b", "c", "d", "e"), listed("b", "d", "a", "e", "c"))?.moved).toEqual(
    ["a", "c"],
  );
});

test("rows are one by their ids, so that a new name is a change; without an id they are new", () => {
  const before = rows({
    groups: [group("1", "A"), group("2", "B", "x")],
    tags: [tag(1, "c", "C")],
  });
  const after = rows({
    groups: [group("1", "Renamed"), group(null, "B", "x")],
    tags: [tag(1, "see", "C")],
  });
  const name = { cache: "A", manifest: "Renamed" };
  const slug = { cache: "c", manifest: "see" };
  expect(diffRows(before, after)).toEqual([
    { kind: "tag", id: "c", name: "c", change: "changed", fields: { slug } },
    { kind: "group", id: "1", name: "A", change: "changed", fields: { name } },
    { kind: "group", id: "2", name: "B", change: "removed" },
    { kind: "group", id: "", name: "B", change: "added" },
  ]);
  expect(diffRows(before, before)).toEqual([]);
});

test("an order is a difference of its own, in which what came or went counts nothing", () => {
  const before = rows({ tags: [tag(1, "a"), tag(2, "b"), tag(3, "c")] });
  const after = rows({ tags: [tag(3, "c"), tag(4, "new"), tag(2, "renamed")] });
  const [, , , order] = toRowChanges(diffRows(before, after));
  expect(order).toEqual({
    kind: "tag",
    name: "",
    change: "changed",
    fields: {
      order: { cache: ["b", "c"], manifest: ["c", "b"], added: [], removed: [], moved: ["b"] },
    },
  });
});

test("the tags of an artifact are a set; a row of it may be on one side alone", () => {
  const use = (slug: string) => ({ slug, word: slug.toUpperCase() });
  const artifact = (id: string, ...slugs: string[]) => {
    return { artifact: id, path: "", tags: slugs.map(use) };
  };
  const before = rows({ artifacts: [artifact("skill:a", "x", "y"), artifact("skill:b")] });
  const same = rows({ artifacts: [artifact("skill:a", "y", "x"), artifact("skill:c")] });
  expect(toRowChanges(diffRows(before, same))).toEqual([
    { kind: "artifact", name: "skill:b", change: "removed" },
    { kind: "artifact", name: "skill:c", change: "added" },
  ]);
  const other = rows({ artifacts: [artifact("skill:a", "y", "z"), artifact("skill:b")] });
  expect(diffRows(before, other)).toMatchObject([
    { name: "skill:a", fields: { tags: { added: ["z"], removed: ["x"], moved: [] } } },
  ]);
});
