import { expect, test } from "vitest";
import { createResolver } from "../../manifest/members.ts";
import type { CacheArtifact, CacheGroup, CacheRows, CacheTag } from "../cache-rows.ts";
import { touchedRows } from "./touched-rows.ts";

const rows = (some: Partial<CacheRows>): CacheRows => {
  const returning = new Map<string, string>();
  const nothing = { givenName: null, groups: [], tags: [], artifacts: [], returning };
  return { ...nothing, resolver: createResolver([]), returning: new Map(), ...some };
};
const group = (id: string, name: string): CacheGroup => {
  return { id, name, description: "", color: "", icon: "", members: [] };
};
const tag = (id: number, slug: string, name: string): CacheTag => {
  return { id, slug, name, color: "", description: "" };
};
const artifact = (name: string, ...tags: string[]): CacheArtifact => {
  const uses = tags.map((slug) => ({ slug, word: slug }));
  return { id: 1, type: "skill", name, path: "", inManifest: true, tags: uses };
};

test("what came, changed and went is named as it is afterwards", () => {
  const before = rows({
    groups: [group("1", "Renamed later"), group("2", "Gone")],
    tags: [tag(1, "old", "Old"), tag(2, "same", "Named"), tag(3, "gone", "Gone")],
  });
  const after = rows({
    groups: [group("1", "Renamed"), group("3", "New")],
    tags: [tag(1, "older", "Older"), tag(2, "same", "Named otherwise"), tag(4, "new", "New")],
  });
  expect(touchedRows("work", before, after)).toEqual([
    { kind: "tag", id: "old", name: "Old", change: "removed" },
    { kind: "tag", id: "older", name: "Older", change: "added" },
    { kind: "tag", id: "same", name: "Named otherwise", change: "changed" },
    { kind: "tag", id: "gone", name: "Gone", change: "removed" },
    { kind: "tag", id: "new", name: "New", change: "added" },
    { kind: "group", id: "1", name: "Renamed", change: "changed" },
    { kind: "group", id: "2", name: "Gone", change: "removed" },
    { kind: "group", id: "3", name: "New", change: "added" },
  ]);
});

test("a new order is the collection's, said once", () => {
  const groups = [group("1", "A"), group("2", "B")];
  const tags = [tag(1, "a", "A"), tag(2, "b", "B")];
  const before = rows({ groups, tags });
  const after = rows({ groups: groups.toReversed(), tags: tags.toReversed() });
  expect(touchedRows("work", before, after)).toEqual([
    { kind: "collection", id: "work", name: "work", change: "changed" },
  ]);
  expect(touchedRows("work", before, before)).toEqual([]);
});

test("a row of an artifact that came or went is a change of the artifact, whose files stay", () => {
  const before = rows({ artifacts: [artifact("a:b", "x")] });
  const changed = { kind: "artifact", id: "skill:a:b", name: "a:b", change: "changed" };
  expect(touchedRows("work", before, rows({}))).toEqual([changed]);
  expect(touchedRows("work", before, rows({ artifacts: [artifact("a:b", "y")] }))).toEqual([
    changed,
  ]);
});
