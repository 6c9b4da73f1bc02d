import { expect, test } from "vitest";
import { requireCollection } from "../../cache/commit.ts";
import type { Cache } from "../../cache/open.ts";
import { getArtifact } from "../../operations/artifacts.ts";
import { setArtifactTags } from "../../operations/set-tags.ts";
import { listTags } from "../../operations/tags.ts";
import { readCacheRows, type CacheRows } from "../cache-rows.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "../testing/test-home.ts";
import { applyRows } from "./apply-rows.ts";
import type { MergeGroup, MergeRows, MergeTag } from "./mergeable-rows.ts";
import { createArtifactOf, mergeableCache } from "./to-mergeable.ts";

const collection = "default";
const TEXT = `${HEAD}
[[tag_definitions]]
name = "C++"
slug = "cpp"

[[tag_definitions]]
name = "Go"
slug = "go"

[[artifacts]]
name = "pdf"
type = "skill"
path = "skills/pdf"
tags = ["cpp"]

[[artifacts]]
name = "gone"
type = "skill"
${groupRow("A", "pdf", "x")}${groupRow("B")}`;

async function open(): Promise<TestHome> {
  const at = await openTestHome(TEXT);
  at.put("skills/pdf/SKILL.md", "---\ntags: [loose]\n---\n");
  at.put("commands/pdf.md", "");
  await at.home.sync.ready(collection);
  return at;
}

function read(cache: Cache): Promise<{ rows: CacheRows; dirtyRev: number }> {
  return cache.transaction(async (tx) => {
    const { id, dirty_rev: dirtyRev } = await requireCollection(tx, collection);
    return { rows: await readCacheRows(tx, id), dirtyRev };
  });
}

/** Applies the rows that the cache has, changed. */
async function apply(cache: Cache, change: (rows: MergeRows) => MergeRows): Promise<boolean> {
  return cache.transaction(async (tx) => {
    const { id } = await requireCollection(tx, collection);
    const rows = mergeableCache(await readCacheRows(tx, id), createArtifactOf([]));
    return applyRows(tx, id, change(rows));
  });
}

function required<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error("There is no such row");
  return row;
}

test("the rows that a cache has are no change", async () => {
  const { home } = await open();
  const before = await read(home.cache);
  expect(await apply(home.cache, (rows) => rows)).toBe(false);
  expect(JSON.stringify(await read(home.cache))).toBe(JSON.stringify(before));
});

test("groups and tags that change names and slugs with one another keep their ids, and it is one revision", async () => {
  const { home } = await open();
  const before = await read(home.cache);
  const swap = ({ groups, tags, artifacts }: MergeRows): MergeRows => {
    const [a, b] = [required(groups[0]), required(groups[1])];
    const [cpp, go] = [required(tags[0]), required(tags[1])];
    const swapped: MergeGroup[] = [
      { ...b, name: a.name, color: "#fff" },
      { ...a, name: b.name },
    ];
    const slugs: MergeTag[] = [
      { ...go, slug: cpp.slug },
      { ...cpp, slug: go.slug },
    ];
    return { groups: swapped, tags: slugs, artifacts };
  };
  expect(await apply(home.cache, swap)).toBe(true);
  const after = await read(home.cache);
  expect(after.dirtyRev).toBe(before.dirtyRev + 1);
  const [a, b] = before.rows.groups;
  expect(after.rows.groups).toMatchObject([
    { id: b?.id, name: "A", color: "#fff", members: [] },
    { id: a?.id, name: "B", members: a?.members },
  ]);
  const [cpp, go] = before.rows.tags;
  expect(after.rows.tags).toMatchObject([
    { id: go?.id, slug: "cpp", name: "Go" },
    { id: cpp?.id, slug: "go", name: "C++" },
  ]);
  expect(await home.sync.flush()).toMatchObject({ collections: [{ saved: true }] });
});

test("new rows are made, others go; a tag that is carried becomes defined in its row", async () => {
  const at = await open();
  const { cache } = at.home;
  await setArtifactTags(cache, { collection, id: "command:pdf", add: ["own"], remove: [] });
  const tagOf = (slug: string) =>
    cache.db.selectFrom("tags").selectAll().where("slug", "=", slug).executeTakeFirst();
  const loose = await tagOf("loose");
  const tag = { id: null, name: "Loose", slug: "loose", color: "", description: "" };
  const more = { description: "", color: "", icon: "" };
  await apply(cache, () => ({
    groups: [
      {
        ...more,
        id: null,
        name: "New",
        members: [
          { ref: "pdf", artifact: "command:pdf" },
          { ref: "command:pdf", artifact: "command:pdf" },
          { ref: "pdf", artifact: "agent:pdf" },
          { ref: "nobody", artifact: null },
          { ref: "absent", artifact: "skill:absent" },
          { ref: "gone", artifact: null },
        ],
      },
    ],
    tags: [tag],
    artifacts: [
      { artifact: "skill:pdf", path: "skills/pdf", tags: [{ slug: "cpp", word: "C++" }] },
      { artifact: "skill:new", path: "skills/new", tags: [{ slug: "loose", word: "elsewhere" }] },
    ],
  }));
  expect(await tagOf("loose")).toMatchObject({ id: loose?.id, defined: 1, name: "Loose" });
  const { rows } = await read(cache);
  expect(rows.groups).toMatchObject([
    {
      name: "New",
      members: [
        { ref: "command:pdf" },
        { ref: "agent:pdf", artifactId: null },
        { ref: "nobody", artifactId: null },
        { ref: "absent", artifactId: null },
        { ref: "gone" },
      ],
    },
  ]);
  const artifactOf = (id: string) => getArtifact(cache, { collection, id });
  expect((await artifactOf("skill:pdf")).tags).toEqual(["loose", "c-u002b-u002b"]);
  expect(await artifactOf("skill:new")).toMatchObject({ tags: ["loose"], missing: true });
  expect(await artifactOf("command:pdf")).toMatchObject({ tags: [], missing: false });
  expect(rows.artifacts.map((row) => [row.type, row.name, row.inManifest])).toEqual([
    ["skill", "pdf", true],
    ["command", "pdf", false],
    ["skill", "new", true],
  ]);
  const { items } = await listTags(cache, { collection });
  expect(items.map(({ slug, artifactCount }) => [slug, artifactCount])).toEqual([
    ["loose", 2],
    ["c-u002b-u002b", 1],
  ]);
});

test("rows that are gone and come back get their old ids, also where artifacts carry the tag meanwhile", async () => {
  const { home } = await open();
  const before = await read(home.cache);
  const rows: MergeRows[] = [];
  await apply(home.cache, (all) => {
    rows.push(all);
    return { ...all, groups: [], tags: [] };
  });
  const { items } = await listTags(home.cache, { collection });
  expect(items).toMatchObject([{ defined: false }, { slug: "loose" }]);
  await apply(home.cache, (now) => ({ ...required(rows[0]), artifacts: now.artifacts }));
  const { rows: after } = await read(home.cache);
  const idsOf = ({ groups, tags }: CacheRows) => [...groups, ...tags].map(({ id }) => id);
  expect(idsOf(after)).toEqual(idsOf(before.rows));
});
