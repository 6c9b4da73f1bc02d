import { expect, test } from "vitest";
import { requireCollection } from "../../cache/commit.ts";
import { tagRows } from "../../cache/tags.ts";
import { HEAD, openTestHome } from "../testing/test-home.ts";
import { applyTags } from "./apply-tags.ts";
import type { MergeTag } from "./mergeable-rows.ts";

const collection = "default";
const TEXT = `${HEAD}
[[tag_definitions]]
name = "C++"
slug = "cpp"

[[tag_definitions]]
name = "Go"
slug = "go"
`;

/** A cache with two definitions, and a tag `loose` that an artifact carries. */
async function open() {
  const at = await openTestHome(TEXT);
  at.put("skills/pdf/SKILL.md", "---\ntags: [loose]\n---\n");
  const { cache, sync } = at.home;
  await sync.ready(collection);
  const { id } = await requireCollection(cache.db, collection);
  /** Applies the definitions that there are, changed; says which that concerns, and the rows after it. */
  async function apply(change: (tags: readonly MergeTag[]) => readonly MergeTag[]) {
    return cache.transaction(async (tx) => {
      const tags = (await tagRows(tx, id)).filter((row) => row.defined === 1);
      const changed = await applyTags(tx, id, change(tags));
      const rows = (await tagRows(tx, id)).toSorted((a, b) => a.position - b.position);
      return {
        changed: changed.map(({ slug }) => slug).toSorted(),
        defined: rows.filter((row) => row.defined === 1).map((row) => [row.id, row.slug, row.name]),
        loose: rows.filter((row) => row.defined === 0).map((row) => [row.id, row.slug]),
      };
    });
  }
  const { defined, loose } = await apply((tags) => tags);
  const [cpp, go, carried] = [...defined, ...loose].map(([of]) => Number(of));
  return { apply, cpp, go, carried };
}

const added = (slug: string, id: number | null = null): MergeTag => {
  return { id, slug, name: slug.toUpperCase(), color: "", description: "" };
};

test("definitions as they are concern nobody", async () => {
  const { apply, cpp, go, carried } = await open();
  expect(await apply((tags) => tags)).toEqual({
    changed: [],
    defined: [
      [cpp, "cpp", "C++"],
      [go, "go", "Go"],
    ],
    loose: [[carried, "loose"]],
  });
});

test("one that changes keeps its id, and concerns those of its old slug and of its new one", async () => {
  const { apply, cpp, go } = await open();
  const { changed, defined } = await apply(([one, two]) => [
    { ...added("c"), id: one?.id ?? null, name: "C" },
    { ...added("go"), id: two?.id ?? null, name: "Go" },
  ]);
  expect(changed).toEqual(["c", "cpp"]);
  expect(defined).toEqual([
    [cpp, "c", "C"],
    [go, "go", "Go"],
  ]);
  const coloured = await apply((tags) => tags.map((tag) => ({ ...tag, color: "#fff" })));
  expect(coloured.changed).toEqual(["c", "c", "go", "go"]);
});

test("one that goes leaves what artifacts carry alone", async () => {
  const { apply, go, carried } = await open();
  expect(await apply(([, two]) => (two === undefined ? [] : [two]))).toEqual({
    changed: ["cpp", "go", "go"],
    defined: [[go, "go", "Go"]],
    loose: [[carried, "loose"]],
  });
});

test("one that comes takes the row of the tag that artifacts carry, or a new one", async () => {
  const { apply, carried } = await open();
  const { changed, defined, loose } = await apply(() => [added("loose"), added("new")]);
  expect(changed).toEqual(["cpp", "go", "loose", "loose", "new"]);
  expect(defined).toEqual([
    [carried, "loose", "LOOSE"],
    [expect.any(Number), "new", "NEW"],
  ]);
  expect(loose).toEqual([]);
});

test("one that gets the slug of what artifacts carry stays itself", async () => {
  const { apply, cpp } = await open();
  const { changed, defined, loose } = await apply(([one]) => [added("loose", one?.id ?? null)]);
  expect(changed).toEqual(["cpp", "go", "loose"]);
  expect(defined).toEqual([[cpp, "loose", "LOOSE"]]);
  expect(loose).toEqual([]);
});

test("one that comes under the slug that another one gives up is a new one", async () => {
  const { apply, cpp } = await open();
  const { defined } = await apply(([one]) => [added("c", one?.id ?? null), added("cpp")]);
  expect(defined).toEqual([
    [cpp, "c", "C"],
    [expect.any(Number), "cpp", "CPP"],
  ]);
});
