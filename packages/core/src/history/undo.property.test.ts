import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellChanges } from "../cache/tell-changes.ts";
import { SkillmeatError } from "../errors.ts";
import { listArtifacts } from "../operations/artifacts.ts";
import { createGroup, listGroups } from "../operations/groups.ts";
import { setArtifactTags } from "../operations/set-tags.ts";
import { createTag, listTags } from "../operations/tags.ts";
import { createTestHome, type TestHome } from "../operations/testing.ts";
import {
  artifactSetTagsInputSchema,
  groupCreateInputSchema,
  tagCreateInputSchema,
  type HistoryItem,
} from "../schema/index.ts";
import { mutation, type Mutation } from "../sync/testing/generated-mutations.ts";
import { fuzz } from "../testing/fuzz.ts";
import { listChanges } from "./list-changes.ts";
import { undoChange } from "./undo.ts";

const collection = "default";

const GROUPS = [
  ["A", "pdf", "gone"],
  ["B b", "review", "git:push", "pdf"],
  ["日本語", "mcp:fs", "skill:review", "pdf"],
  ["# no"],
] as const;

let home: TestHome;
beforeAll(async () => {
  home = await createTestHome();
});
afterAll(() => home.remove());

/** Makes the collection as it is at the start of a case: with some of what the mutations name. */
async function beginAnew(): Promise<void> {
  const { cache } = home;
  await cache.db.deleteFrom("collections").execute();
  await home.addCollection(collection);
  await home.addArtifacts(["skill:pdf"], ["loose", "C"]);
  await home.addArtifacts(["command:review"], ["日本語", "Code Review"]);
  await home.addArtifacts(["skill:review", "command:git:push", "mcp:fs"]);
  for (const [name, ...members] of GROUPS) {
    await createGroup(cache, groupCreateInputSchema.parse({ name, members }));
  }
  for (const name of ["C++", "code review"]) {
    await createTag(cache, tagCreateInputSchema.parse({ name }));
  }
  const tags = { id: "pdf", add: ["nihongo", "C++"] };
  await setArtifactTags(cache, artifactSetTagsInputSchema.parse(tags));
  await cache.db.deleteFrom("changes").execute();
}

/** All that is curated, and how it is written: what a person sees, and what the manifest would hold. */
async function curation() {
  const { cache } = home;
  const words = await cache.db
    .selectFrom("artifact_tags")
    .innerJoin("artifacts", "artifacts.id", "artifact_tags.artifact_id")
    .select(["type", "name", "origin", "slug", "word", "in_manifest"])
    .orderBy("artifacts.id")
    .orderBy("origin")
    .orderBy("position")
    .execute();
  return {
    groups: (await listGroups(cache, { collection })).items,
    tags: (await listTags(cache, { collection })).items,
    artifacts: (await listArtifacts(cache, { collection, limit: 1000 })).items,
    words,
  };
}

type Curation = Awaited<ReturnType<typeof curation>>;

/** Does a mutation. @returns the change that it logged; null where it was refused or changed nothing */
async function run(mutate: Mutation): Promise<number | null> {
  const changes: number[] = [];
  // What is refused is a clear error, and changes nothing.
  await mutate(tellChanges(home.cache, (id) => changes.push(id))).catch((error: unknown) =>
    expect(error).toBeInstanceOf(SkillmeatError),
  );
  expect(changes.length).toBeLessThan(2);
  return changes[0] ?? null;
}

const mutations = fc.array(mutation, { minLength: 1, maxLength: 20 });

test("any mutations undone, the newest first: after each undo all is as it was before that mutation", async () => {
  await fc.assert(
    fc.asyncProperty(mutations, async (all) => {
      await beginAnew();
      const states: { id: number; before: Curation }[] = [];
      let before = await curation();
      for (const mutate of all) {
        const id = await run(mutate);
        const after = await curation();
        if (id === null) expect(after).toEqual(before);
        else states.push({ id, before });
        before = after;
      }
      for (const state of states.toReversed()) {
        expect((await undoChange(home.cache, { collection })).id).toBe(state.id);
        expect(await curation()).toEqual(state.before);
      }
    }),
    fuzz(40),
  );
});

test("an undo in the middle changes nothing, or only what that change touched", async () => {
  await fc.assert(
    fc.asyncProperty(mutations, fc.nat(), async (all, which) => {
      await beginAnew();
      for (const mutate of all) await run(mutate);
      const { items } = await listChanges(home.cache, { collection, limit: 200 });
      const change = items[which % Math.max(1, items.length)];
      const before = await curation();
      if (change !== undefined) {
        const isDone = await undoChange(home.cache, { collection, id: change.id }).then(
          () => true,
          (error: unknown) => {
            expect(error).toMatchObject({ code: "conflict" });
            return false;
          },
        );
        const after = await curation();
        if (isDone) expect(untouched(after, change)).toEqual(untouched(before, change));
        else expect(after).toEqual(before);
      }
    }),
    fuzz(40),
  );
});

/** What a change did not touch: places in a list may move, and words that no definition holds any more. */
function untouched({ groups, tags, words }: Curation, { touched }: HistoryItem) {
  const keys = new Set(touched.map(({ kind, id }) => `${kind} ${id}`));
  return {
    groups: Object.fromEntries(
      groups
        .filter(({ id }) => !keys.has(`group ${id}`))
        .map((group) => [group.id, { ...group, position: 0 }]),
    ),
    tags: Object.fromEntries(
      tags
        .filter(({ slug, defined }) => defined && !keys.has(`tag ${slug}`))
        .map((tag) => [tag.slug, { ...tag, artifactCount: 0 }]),
    ),
    assigned: words
      .filter(({ type, name }) => !keys.has(`artifact ${type}:${name}`))
      .filter(({ origin }) => origin === "manifest")
      .map(({ type, name }) => `${type}:${name}`),
  };
}
