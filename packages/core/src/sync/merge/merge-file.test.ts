import { expect, test } from "vitest";
import { requireCollection } from "../../cache/commit.ts";
import { readManifest, type Manifest } from "../../manifest/read.ts";
import { deleteGroup, updateGroup } from "../../operations/groups.ts";
import { setArtifactTags } from "../../operations/set-tags.ts";
import { createTag, deleteTag, updateTag } from "../../operations/tags.ts";
import { readBase } from "../base.ts";
import { readCacheRows } from "../cache-rows.ts";
import type { OwnedRows } from "../owned-rows.ts";
import { groupRow, HEAD, openTestHome } from "../testing/test-home.ts";
import { mergeFile } from "./merge-file.ts";

const collection = "default";
const TAG = '\n[[tag_definitions]]\nname = "Go"\nslug = "go"\ncolor = "#fff"\n';
const ROW = '\n[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["go"]\n';
const START = HEAD + TAG + ROW + groupRow("A", "x") + groupRow("B", "y");

function manifestOf(text: string): Manifest {
  const reading = readManifest(text);
  if ("unreadable" in reading) throw new Error(reading.unreadable.message);
  return reading.manifest;
}

/** A home that read a manifest, and how what its cache holds is merged with what an editor made of that. */
async function open(text = START) {
  const { home } = await openTestHome(text);
  await home.sync.ready(collection);
  const { cache } = home;
  const read = () =>
    cache.transaction(async (tx) => {
      const row = await requireCollection(tx, collection);
      return { row, base: await readBase(tx, row.id), rows: await readCacheRows(tx, row.id) };
    });
  async function merge(
    edited: string,
    deletes: "taken" | "kept" = "taken",
    ofBase: (base: OwnedRows) => OwnedRows = (base) => base,
  ) {
    const { row, base } = await read();
    const merged = await cache.transaction((tx) =>
      mergeFile(tx, row, manifestOf(edited), ofBase(base), deletes),
    );
    return { ...merged, rows: (await read()).rows };
  }
  return { cache, read, merge };
}

const named = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);

test("what the manifest has no more goes where deletes are taken, and else stays", async () => {
  for (const deletes of ["taken", "kept"] as const) {
    const { merge } = await open();
    const { rows, base } = await merge(HEAD + groupRow("A", "x"), deletes);
    expect(named(rows.groups)).toEqual(deletes === "taken" ? ["A"] : ["A", "B"]);
    expect(named(rows.tags)).toEqual(deletes === "taken" ? [] : ["Go"]);
    expect([named(base.groups), base.tags, base.artifacts]).toEqual([["A"], [], []]);
  }
});

test("what was renamed here is still known where deletes are not taken", async () => {
  const { cache, merge } = await open();
  await updateGroup(cache, { collection, group: "A", name: "Z", color: "#000" });
  await updateTag(cache, { collection, slug: "go", newSlug: "golang", name: "Golang" });
  const edited = START.replace('"B"', '"Other"').replace('["y"]', '["z"]');
  const { rows } = await merge(edited, "kept");
  expect(named(rows.groups).toSorted()).toEqual(["B", "Other", "Z"]);
  expect(rows.tags.map(({ slug }) => slug)).toEqual(["golang"]);
});

test("a group that was renamed here is known by its id, whatever else changed", async () => {
  const { cache, merge } = await open();
  await updateGroup(cache, { collection, group: "A", name: "Z", icon: "star" });
  await cache.db.deleteFrom("group_members").execute();
  const { rows } = await merge(START.replace('name = "A"', 'name = "A"\ncolor = "rose"'));
  expect(rows.groups).toMatchObject([
    { name: "Z", color: "rose", icon: "star" },
    { name: "B", color: "" },
  ]);
});

test("a row keeps its id, also one that comes back, or is new here", async () => {
  const { cache, read, merge } = await open();
  const { rows: before } = await read();
  await deleteGroup(cache, { collection, group: "A" });
  await deleteTag(cache, { collection, slug: "go" });
  await createTag(cache, { collection, name: "New", color: "", description: "" });
  const { rows: changed } = await read();
  const { rows, base } = await merge(START.replace('["x"]', '["x", "z"]').replace("#fff", "#000"));
  const idsOf = (all: readonly { readonly id: string | number }[]) => all.map(({ id }) => id);
  expect(new Set(idsOf(rows.groups))).toEqual(new Set(idsOf(before.groups)));
  expect(new Set(idsOf(rows.tags))).toEqual(new Set(idsOf([...before.tags, ...changed.tags])));
  expect(idsOf(base.groups)).toEqual(idsOf(before.groups));
  expect(idsOf(base.tags)).toEqual(idsOf(before.tags));
});

test("a tag of which the base knows no id gets one of its own when it comes back", async () => {
  const { cache, merge } = await open();
  await deleteTag(cache, { collection, slug: "go" });
  const { rows } = await merge(START.replace("#fff", "#000"), "taken", (base) => ({
    ...base,
    tags: base.tags.map((tag) => ({ ...tag, id: -1 })),
  }));
  expect(rows.tags).toMatchObject([{ slug: "go", color: "#000" }]);
  expect(rows.tags[0]?.id).toBeGreaterThan(0);
});

test("of the rows of artifacts the new base has those that are there, with the tags of the file", async () => {
  const other = ROW.replace('"pdf"', '"other"');
  const { cache, merge } = await open(START + other);
  await setArtifactTags(cache, { collection, id: "pdf", add: ["here"], remove: [] });
  const { base, rows, conflicts } = await merge(START.replace('["go"]', '["go", "there"]'));
  expect(conflicts).toEqual([]);
  expect(base.artifacts.map(({ artifact, tags }) => [artifact, ...tags])).toEqual([
    ["skill:pdf", "go", "there"],
  ]);
  const tags = rows.artifacts.map(({ name, tags: uses }) => [
    name,
    ...uses.map(({ slug }) => slug),
  ]);
  expect(tags).toEqual([["pdf", "go", "there", "here"]]);
});
