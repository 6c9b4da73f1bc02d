import fc from "fast-check";
import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { SkillmeatError } from "../../errors.ts";
import type { Cache } from "../../cache/open.ts";
import type { Home } from "../../home.ts";
import { listArtifacts } from "../../operations/artifacts.ts";
import {
  createGroup,
  deleteGroup,
  listGroups,
  reorderGroups,
  updateGroup,
} from "../../operations/groups.ts";
import { addMembers, removeMembers, reorderMembers } from "../../operations/members.ts";
import { removeArtifact } from "../../operations/remove-artifact.ts";
import { setArtifactTags } from "../../operations/set-tags.ts";
import { createTag, deleteTag, listTags, updateTag } from "../../operations/tags.ts";
import { fuzz, PATIENCE } from "../../testing/fuzz.ts";
import { HEAD, openTestHome } from "../testing/test-home.ts";
import { replayUnwritten } from "./replay.ts";
import { loseCache } from "./testing/lost-cache.ts";

const collection = "default";
const name = fc.constantFrom("A", "a", "B b", "日本語", "A (2)");
const tagName = fc.constantFrom("C", "C#", "C++", "loose", "code review");
const slug = fc.constantFrom("c", "cpp", "code-review", "loose");
const ref = fc.constantFrom("pdf", "skill:review", "review", "git:push", "gone");
const id = fc.constantFrom("pdf", "command:review", "git:push");
const text = fc.constantFrom("", "one", "two");
const color = fc.constantFrom("", "#fff");
const refs = fc.array(ref, { minLength: 1, maxLength: 3 });

type Mutation = (cache: Cache) => Promise<unknown>;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ name, description: text, color, icon: fc.constant(""), members: refs }).map(
    (input): Mutation =>
      (cache) =>
        createGroup(cache, { collection, ...input }),
  ),
  fc.tuple(name, fc.record({ name, color, position: fc.nat(4) }, { requiredKeys: [] })).map(
    ([group, input]): Mutation =>
      (cache) =>
        updateGroup(cache, { collection, group, ...input }),
  ),
  name.map(
    (group): Mutation =>
      (cache) =>
        deleteGroup(cache, { collection, group }),
  ),
  fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).map(
    (groups): Mutation =>
      (cache) =>
        reorderGroups(cache, { collection, groups }),
  ),
  fc.record({ group: name, members: refs, at: fc.nat(3) }).map(
    (input): Mutation =>
      (cache) =>
        addMembers(cache, { collection, ...input }),
  ),
  fc.record({ group: name, members: refs }).map(
    (input): Mutation =>
      (cache) =>
        removeMembers(cache, { collection, ...input }),
  ),
  fc.record({ group: name, members: refs }).map(
    (input): Mutation =>
      (cache) =>
        reorderMembers(cache, { collection, ...input }),
  ),
  fc.record({ name: tagName, slug, color, description: text }).map(
    (input): Mutation =>
      (cache) =>
        createTag(cache, { collection, ...input }),
  ),
  fc.tuple(slug, fc.record({ name: tagName, newSlug: slug, color }, { requiredKeys: [] })).map(
    ([of, input]): Mutation =>
      (cache) =>
        updateTag(cache, { collection, slug: of, ...input }),
  ),
  slug.map(
    (of): Mutation =>
      (cache) =>
        deleteTag(cache, { collection, slug: of }),
  ),
  fc
    .record({
      id,
      add: fc.array(tagName, { maxLength: 2 }),
      remove: fc.array(tagName, { maxLength: 1 }),
    })
    .map(
      (input): Mutation =>
        (cache) =>
          setArtifactTags(cache, { collection, ...input }),
    ),
  id.map(
    (of): Mutation =>
      (cache) =>
        removeArtifact(cache, { collection, id: of }),
  ),
);

async function curationOf({ cache }: Home) {
  const groups = await listGroups(cache, { collection });
  const tags = await listTags(cache, { collection });
  const artifacts = await listArtifacts(cache, { collection, limit: 1000 });
  return {
    groups: groups.items.map((group) => ({ ...group, id: "" })),
    tags: tags.items,
    artifacts: artifacts.items,
  };
}

test(
  "any mutations, some of them written, then the cache lost: the new one holds the same, and so does the file",
  async () => {
    const step = fc.record({ mutate: mutation, writes: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
        const at = await openTestHome(HEAD);
        at.put("skills/pdf/SKILL.md", "---\ntags: [loose, C]\n---\n");
        at.put("skills/review/SKILL.md", "");
        at.put("commands/review.md", "---\ntags: Code Review\n---\n");
        at.put("commands/git/push.md", "");
        await at.home.sync.ready(collection);
        for (const { mutate, writes } of steps) {
          // What is refused is a clear error, and changes nothing.
          await mutate(at.home.cache).catch((error: unknown) =>
            expect(error).toBeInstanceOf(SkillmeatError),
          );
          if (writes) await at.home.sync.syncGroups(collection);
        }
        const before = await curationOf(at.home);
        const { lost, home } = await loseCache(at);
        await replayUnwritten(lost, home.cache);
        expect(await curationOf(home)).toEqual(before);
        await home.sync.flush();
        await replayUnwritten(lost, home.cache);
        expect(await curationOf(home)).toEqual(before);

        const { home: recovered } = await loseCache(at);
        expect(await curationOf(recovered)).toEqual(before);
        for (const open of [recovered, home, at.home]) await open.close();
        rmSync(at.root, { recursive: true });
      }),
      fuzz(10),
    );
  },
  PATIENCE,
);
