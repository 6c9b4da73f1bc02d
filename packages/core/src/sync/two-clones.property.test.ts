import fc from "fast-check";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SkillmeatError } from "../errors.ts";
import { createGroup, deleteGroup, reorderGroups, updateGroup } from "../operations/groups.ts";
import { addMembers, removeMembers } from "../operations/members.ts";
import { setArtifactTags } from "../operations/set-tags.ts";
import { createTag, deleteTag, updateTag } from "../operations/tags.ts";
import { fuzz, PATIENCE } from "../testing/fuzz.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const START = `${HEAD}
[[artifacts]]
name = "pdf"
type = "skill"
tags = ["one"]

[[artifacts]]
name = "docx"
type = "skill"
tags = []

[[tag_definitions]]
name = "One"
slug = "one"
${groupRow("A", "pdf", "gone")}${groupRow("B", "docx")}${groupRow("C")}`;

type Mutation = (at: TestHome) => Promise<unknown>;

const name = fc.constantFrom("A", "B", "C", "D", "E");
const ref = fc.constantFrom("pdf", "docx", "gone", "away");
const slug = fc.constantFrom("one", "two", "three");
const color = fc.constantFrom("", "blue", "rose");
const EMPTY = { description: "", color: "", icon: "" };

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(name, fc.uniqueArray(ref)).map(
    ([group, members]): Mutation =>
      ({ home }) =>
        createGroup(home.cache, { collection, name: group, ...EMPTY, members }),
  ),
  fc.tuple(name, name).map(
    ([group, to]): Mutation =>
      ({ home }) =>
        updateGroup(home.cache, { collection, group, name: to }),
  ),
  fc.tuple(name, color).map(
    ([group, to]): Mutation =>
      ({ home }) =>
        updateGroup(home.cache, { collection, group, color: to }),
  ),
  name.map(
    (group): Mutation =>
      ({ home }) =>
        deleteGroup(home.cache, { collection, group }),
  ),
  fc.tuple(name, name).map(
    ([a, b]): Mutation =>
      ({ home }) =>
        reorderGroups(home.cache, { collection, groups: [a, b] }),
  ),
  fc.tuple(name, ref).map(
    ([group, member]): Mutation =>
      ({ home }) =>
        addMembers(home.cache, { collection, group, members: [member], at: 0 }),
  ),
  fc.tuple(name, ref).map(
    ([group, member]): Mutation =>
      ({ home }) =>
        removeMembers(home.cache, { collection, group, members: [member] }),
  ),
  slug.map(
    (tag): Mutation =>
      ({ home }) =>
        createTag(home.cache, { collection, name: tag, color: "", description: "" }),
  ),
  fc.tuple(slug, slug).map(
    ([tag, newSlug]): Mutation =>
      ({ home }) =>
        updateTag(home.cache, { collection, slug: tag, newSlug }),
  ),
  slug.map(
    (tag): Mutation =>
      ({ home }) =>
        deleteTag(home.cache, { collection, slug: tag }),
  ),
  fc.tuple(ref, slug, slug).map(
    ([id, add, remove]): Mutation =>
      ({ home }) =>
        setArtifactTags(home.cache, { collection, id, add: [add], remove: [remove] }),
  ),
);
const mutations = fc.array(mutation, { maxLength: 6 });

async function work(at: TestHome, list: readonly Mutation[]): Promise<void> {
  for (const one of list) {
    await one(at).catch((error: unknown) => {
      if (!(error instanceof SkillmeatError)) throw error;
    });
  }
  await at.home.sync.flush();
}

/** What `git pull` does where the other clone has the newer file. */
async function pull(from: TestHome, to: TestHome): Promise<void> {
  writeFileSync(to.manifest, from.read());
  expect(await to.status()).toMatchObject({ state: "clean", unsaved: 0 });
}

test(
  "two clones whose caches merge each other's manifests come to the same",
  { timeout: 2 * PATIENCE },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(mutations, mutations), { minLength: 1, maxLength: 3 }),
        async (rounds) => {
          const clones = await Promise.all([openTestHome(START), openTestHome(START)]);
          const [here, there] = clones;
          for (const { root, home } of clones) {
            writeFileSync(join(root, "config.toml"), 'external_edits = "merge"\n');
            await home.sync.ready(collection);
          }
          for (const [ofHere, ofThere] of rounds) {
            await work(here, ofHere);
            await work(there, ofThere);
            await pull(here, there);
            await pull(there, here);
            expect(await here.curation()).toEqual(await there.curation());
            const text = here.read();
            await pull(here, there);
            expect(there.read()).toBe(text);
            await here.home.sync.refresh();
            expect(here.read()).toBe(text);
          }
          const before = await here.curation();
          await here.reopen({ withoutCache: true });
          expect(await here.curation()).toEqual(before);
          for (const { root, home } of clones) {
            await home.close();
            rmSync(root, { recursive: true });
          }
        },
      ),
      fuzz(5),
    );
  },
);
