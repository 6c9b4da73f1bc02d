import { expect, test } from "vitest";
import { requireCollection } from "../../cache/commit.ts";
import { getArtifact } from "../../operations/artifacts.ts";
import { readCacheRows } from "../cache-rows.ts";
import { HEAD, openTestHome } from "../testing/test-home.ts";
import { applyArtifacts } from "./apply-artifacts.ts";
import type { MergeTagUse } from "./mergeable-rows.ts";

const collection = "default";
const TEXT = `${HEAD}
[[tag_definitions]]
name = "C++"
slug = "cpp"

[[artifacts]]
name = "pdf"
type = "skill"
tags = ["C++"]
`;

async function open() {
  const { home } = await openTestHome(TEXT);
  await home.sync.ready(collection);
  /** The tags of artifacts after these are applied, by name. */
  async function apply(artifacts: Readonly<Record<string, readonly MergeTagUse[]>>) {
    return home.cache.transaction(async (tx) => {
      const { id } = await requireCollection(tx, collection);
      const given = Object.entries(artifacts).map(([name, tags]) => {
        return { artifact: `skill:${name}`, path: `skills/${name}`, tags };
      });
      await applyArtifacts(tx, id, (await readCacheRows(tx, id)).artifacts, given);
      const after = (await readCacheRows(tx, id)).artifacts;
      return Object.fromEntries(after.map(({ name, tags }) => [name, tags]));
    });
  }
  return { home, apply };
}

test("a word stays where it means the tag, and else the tag's own takes its place", async () => {
  const { apply } = await open();
  for (const word of ["C++", "c++", "cpp"]) {
    const uses = [{ slug: "cpp", word }];
    expect(await apply({ pdf: uses })).toEqual({ pdf: uses });
  }
  expect(await apply({ pdf: [{ slug: "cpp", word: "C" }] })).toEqual({
    pdf: [{ slug: "cpp", word: "cpp" }],
  });
});

test("a word whose tag is not defined means what it means now", async () => {
  const { apply } = await open();
  const uses = [
    { slug: "gone", word: "Gone Now" },
    { slug: "was", word: "C++" },
    { slug: "cpp", word: "cpp" },
  ];
  expect(await apply({ pdf: uses })).toEqual({
    pdf: [
      { slug: "gone-now", word: "Gone Now" },
      { slug: "cpp", word: "C++" },
    ],
  });
});

test("a word whose tag was there until now means what it means now", async () => {
  const { home, apply } = await open();
  const uses = [{ slug: "cpp", word: "C++" }];
  expect(await apply({ pdf: uses })).toEqual({ pdf: uses });
  await home.cache.db.deleteFrom("tags").execute();
  expect(await apply({ pdf: uses })).toEqual({ pdf: [{ slug: "c-u002b-u002b", word: "C++" }] });
});

test("tags change in their order and words, and go", async () => {
  const { apply } = await open();
  const [one, two] = [
    { slug: "one", word: "one" },
    { slug: "cpp", word: "cpp" },
  ];
  for (const uses of [[one, two], [two, one], [{ ...two, word: "C++" }, one], [one], []]) {
    expect(await apply({ pdf: uses })).toEqual({ pdf: uses });
  }
});

test("an artifact that is not known comes without files, named as it is; one without a row goes", async () => {
  const { home, apply } = await open();
  expect(await apply({ new: [{ slug: "cpp", word: "cpp" }] })).toEqual({
    new: [{ slug: "cpp", word: "cpp" }],
  });
  expect(await getArtifact(home.cache, { collection, id: "skill:new" })).toMatchObject({
    title: "new",
    description: "",
    missing: true,
  });
});
