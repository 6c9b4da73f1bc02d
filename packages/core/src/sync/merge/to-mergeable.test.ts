import { expect, test } from "vitest";
import { createResolver } from "../../manifest/members.ts";
import { readManifest, type Manifest } from "../../manifest/read.ts";
import type { CacheRows } from "../cache-rows.ts";
import { NO_ROWS, rowIdentity, type OwnedRows } from "../owned-rows.ts";
import { artifactsOf, createArtifactOf, mergeableCache, mergeableFile } from "./to-mergeable.ts";

const EMPTY = { description: "", color: "", icon: "" };

const artifacts = [
  { id: 1, type: "skill", name: "pdf", path: "skills/pdf", inManifest: true, tags: [] },
  { id: 2, type: "command", name: "pdf", path: "commands/pdf.md", inManifest: false, tags: [] },
];
const rows: CacheRows = {
  givenName: null,
  groups: [
    {
      ...EMPTY,
      id: "1",
      name: "A",
      members: [
        { ref: "pdf", artifactId: 2 },
        { ref: "gone", artifactId: null },
      ],
    },
  ],
  tags: [],
  artifacts,
  resolver: createResolver(artifacts),
  returning: new Map(),
};

const base: OwnedRows = {
  ...NO_ROWS,
  artifacts: [
    {
      artifact: "skill:gone",
      row: rowIdentity({ type: "skill", name: "gone", path: "skills/gone" }),
      tags: [],
    },
  ],
};

function manifestOf(text: string): Manifest {
  const reading = readManifest(text);
  if ("unreadable" in reading) throw new Error(reading.unreadable.message);
  return reading.manifest;
}

test("a member of the cache is the artifact that it is linked to, and else what its reference means", () => {
  const { groups } = mergeableCache(rows, artifactsOf(base, rows));
  expect(groups[0]?.members).toEqual([
    { ref: "pdf", artifact: "command:pdf" },
    { ref: "gone", artifact: "skill:gone" },
  ]);
});

test("only the artifacts of a cache that have a row in its manifest are merged", () => {
  const { artifacts: merged } = mergeableCache(rows, createArtifactOf([]));
  expect(merged).toEqual([{ artifact: "skill:pdf", path: "skills/pdf", tags: [] }]);
});

test("a reference means an artifact that the base or the cache knows", () => {
  const artifactOf = artifactsOf(base, rows);
  expect(["gone", "command:pdf", "nobody"].map(artifactOf)).toEqual([
    "skill:gone",
    "command:pdf",
    null,
  ]);
});

test("a member that a file names twice, in two forms, is one, and groups and tags of a file have no ids", () => {
  const text = `
[[tag_definitions]]
name = "Go"
slug = "go"

[[groups]]
name = "A"
members = ["gone", "skill:gone", "x", "X", "y"]
`;
  const { groups, tags } = mergeableFile(manifestOf(text), base, artifactsOf(base, rows));
  expect(groups[0]).toMatchObject({ id: null, name: "A" });
  expect(groups[0]?.members.map(({ ref }) => ref)).toEqual(["gone", "x", "y"]);
  expect(tags).toMatchObject([{ id: null, slug: "go" }]);
});

test("of the artifacts of a file those are merged that the base knows, where they lie", () => {
  const text = `
[[artifacts]]
name = "gone"
type = "skill"
path = "skills/gone"
tags = ["go"]

[[artifacts]]
name = "new"
type = "skill"
`;
  const pathless = text.replace('path = "skills/gone"\n', "");
  const row = rowIdentity({ type: "skill", name: "gone", path: null });
  const known = base.artifacts.map((artifact) => ({ ...artifact, row }));
  const artifactOf = createArtifactOf([]);
  expect(mergeableFile(manifestOf(text), base, artifactOf).artifacts).toEqual([
    { artifact: "skill:gone", path: "skills/gone", tags: [{ slug: "go", word: "go" }] },
  ]);
  const { artifacts: merged } = mergeableFile(
    manifestOf(pathless),
    { ...base, artifacts: known },
    artifactOf,
  );
  expect(merged).toMatchObject([{ artifact: "skill:gone", path: "" }]);
});
