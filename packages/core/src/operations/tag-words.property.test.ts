import fc from "fast-check";
import { expect, it } from "vitest";
import { createTagMatcher } from "../cache/tag-words.ts";
import { definedOnly, tagRows } from "../cache/tags.ts";
import { SkillmeatError } from "../errors.ts";
import { artifactSetTagsInputSchema } from "../schema/artifact.ts";
import { tagCreateInputSchema, tagUpdateInputSchema } from "../schema/tag.ts";
import { setArtifactTags } from "./set-tags.ts";
import { createTag, deleteTag, updateTag } from "./tags.ts";
import { fuzz } from "../testing/fuzz.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const NAMES = [
  "C",
  "c++",
  "C++",
  "c-u002b-u002b",
  "Backend",
  "be",
  "Server",
  "code review",
  "Code-Review",
  "日本語",
];
const SLUGS = [
  "backend",
  "be",
  "server",
  "cpp",
  "c",
  "c-u002b-u002b",
  "code-review",
  "c-u0075-002b-u0075-002b",
];

const name = fc.constantFrom(...NAMES);
const slug = fc.constantFrom(...SLUGS);
const ref = fc.oneof(name, slug);
const step = fc.oneof(
  fc.record({
    kind: fc.constant("create" as const),
    name,
    slug: fc.option(slug, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant("rename" as const), ref, name }),
  fc.record({ kind: fc.constant("reslug" as const), ref, slug }),
  fc.record({ kind: fc.constant("delete" as const), ref }),
  fc.record({ kind: fc.constant("tag" as const), id: fc.constantFrom("a", "b"), ref }),
  fc.record({ kind: fc.constant("untag" as const), id: fc.constantFrom("a", "b"), ref }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function play({ cache }: TestHome, action: Step): Promise<unknown> {
  switch (action.kind) {
    case "create":
      return createTag(cache, tagCreateInputSchema.parse({ name: action.name, slug: action.slug }));
    case "rename":
      return updateTag(cache, tagUpdateInputSchema.parse({ slug: action.ref, name: action.name }));
    case "reslug":
      return updateTag(
        cache,
        tagUpdateInputSchema.parse({ slug: action.ref, newSlug: action.slug }),
      );
    case "delete":
      return deleteTag(cache, { collection: "default", slug: action.ref });
    case "tag":
      return setArtifactTags(
        cache,
        artifactSetTagsInputSchema.parse({ id: action.id, add: [action.ref] }),
      );
    case "untag":
      return setArtifactTags(
        cache,
        artifactSetTagsInputSchema.parse({ id: action.id, remove: [action.ref] }),
      );
  }
}

/** Every word means what a fresh cache would make of it, and every tag is defined or carried. */
async function expectSettled({ cache }: TestHome): Promise<void> {
  const rows = await tagRows(cache.db, 1);
  const match = createTagMatcher(definedOnly(rows));
  const carried = await cache.db.selectFrom("artifact_tags").select(["slug", "word"]).execute();
  expect(carried.map((tag) => match(tag.word))).toEqual(carried.map((tag) => tag.slug));
  const slugs = new Set(carried.map((tag) => tag.slug));
  for (const row of rows) {
    const words = carried.filter((tag) => tag.slug === row.slug).map((tag) => tag.word);
    if (row.defined === 0) expect(row.name).toBe(words.toSorted()[0]);
    slugs.delete(row.slug);
  }
  expect([...slugs]).toEqual([]);
  const keys = definedOnly(rows).map((row) => row.name_key);
  expect(new Set(keys).size).toBe(keys.length);
}

it("leaves every word as a refresh would read it, whatever is done to tags", async () => {
  const words = fc.uniqueArray(name, { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(words, words, fc.array(step, { maxLength: 15 }), async (ofA, ofB, steps) => {
      const home = await createTestHome();
      try {
        await home.addArtifacts(["skill:a"], ofA);
        await home.addArtifacts(["skill:b"], ofB);
        for (const action of steps) {
          await play(home, action).catch((error: unknown) => {
            if (!(error instanceof SkillmeatError) || error.code === "internal") throw error;
          });
          await expectSettled(home);
        }
      } finally {
        await home.remove();
      }
    }),
    fuzz(40),
  );
});
