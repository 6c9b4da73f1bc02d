import fc from "fast-check";
import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { SkillmeatError } from "../errors.ts";
import { createGroup, deleteGroup, reorderGroups, updateGroup } from "../operations/groups.ts";
import { addMembers, removeMembers, reorderMembers } from "../operations/members.ts";
import { setArtifactTags } from "../operations/set-tags.ts";
import { createTag, deleteTag, updateTag } from "../operations/tags.ts";
import {
  artifactSetTagsInputSchema,
  groupAddMembersInputSchema,
  groupCreateInputSchema,
  groupDeleteInputSchema,
  groupRemoveMembersInputSchema,
  groupReorderInputSchema,
  groupReorderMembersInputSchema,
  groupUpdateInputSchema,
  tagCreateInputSchema,
  tagDeleteInputSchema,
  tagUpdateInputSchema,
} from "../schema/index.ts";
import { fuzz } from "../testing/fuzz.ts";
import { HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

/** Few names, so that mutations meet; some of them hard to write or to compare. */
const groupName = fc.constantFrom(
  "A",
  "a",
  "B b",
  'Q"uote\\',
  "日本語",
  "[[groups]]",
  "# no",
  "x".repeat(120),
);
const tagName = fc.constantFrom(
  "C",
  "C#",
  "C++",
  "日本語",
  "code review",
  "Code-Review",
  "nihongo",
  "loose",
);
const slug = fc.constantFrom("c", "cpp", "nihongo", "code-review", "loose", "other");
const ref = fc.constantFrom(
  "pdf",
  "skill:review",
  "command:review",
  "review",
  "git:push",
  "gone",
  "GONE.md",
  "mcp:fs",
);
const artifact = fc.constantFrom("pdf", "skill:review", "command:review", "git:push", "fs");
const description = fc.oneof(
  fc.constant(""),
  fc.constantFrom("two\nlines", 'tab\t"q"', "é😀\u0001"),
  fc.string({ unit: "grapheme", maxLength: 30 }),
);
const color = fc.constantFrom("", "#fff", "#10B981", "#abcdef");
const icon = fc.constantFrom("", "shield", "folder-open");
const position = fc.integer({ min: 0, max: 6 });
const some = { requiredKeys: [] };
const refs = fc.array(ref, { minLength: 1, maxLength: 4 });

type Mutation = (at: TestHome) => Promise<unknown>;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .record({ name: groupName, description, color, icon, members: fc.array(ref, { maxLength: 6 }) })
    .map(
      (input): Mutation =>
        (at) =>
          createGroup(at.home.cache, groupCreateInputSchema.parse(input)),
    ),
  fc.tuple(groupName, fc.record({ name: groupName, description, color, icon, position }, some)).map(
    ([group, input]): Mutation =>
      (at) =>
        updateGroup(at.home.cache, groupUpdateInputSchema.parse({ group, ...input })),
  ),
  groupName.map(
    (group): Mutation =>
      (at) =>
        deleteGroup(at.home.cache, groupDeleteInputSchema.parse({ group })),
  ),
  fc.record({ groups: fc.uniqueArray(groupName, { minLength: 1, maxLength: 3 }) }).map(
    (input): Mutation =>
      (at) =>
        reorderGroups(at.home.cache, groupReorderInputSchema.parse(input)),
  ),
  fc
    .tuple(fc.record({ group: groupName, members: refs }), fc.option(position, { nil: undefined }))
    .map(
      ([input, place]): Mutation =>
        (at) =>
          addMembers(at.home.cache, groupAddMembersInputSchema.parse({ ...input, at: place })),
    ),
  fc.record({ group: groupName, members: refs }).map(
    (input): Mutation =>
      (at) =>
        removeMembers(at.home.cache, groupRemoveMembersInputSchema.parse(input)),
  ),
  fc.record({ group: groupName, members: refs }).map(
    (input): Mutation =>
      (at) =>
        reorderMembers(at.home.cache, groupReorderMembersInputSchema.parse(input)),
  ),
  fc
    .tuple(fc.record({ name: tagName, color, description }), fc.option(slug, { nil: undefined }))
    .map(
      ([input, own]): Mutation =>
        (at) =>
          createTag(at.home.cache, tagCreateInputSchema.parse({ ...input, slug: own })),
    ),
  fc
    .tuple(
      fc.oneof(slug, tagName),
      fc.record({ name: tagName, newSlug: slug, color, description }, some),
    )
    .map(
      ([of, input]): Mutation =>
        (at) =>
          updateTag(at.home.cache, tagUpdateInputSchema.parse({ slug: of, ...input })),
    ),
  fc.oneof(slug, tagName).map(
    (of): Mutation =>
      (at) =>
        deleteTag(at.home.cache, tagDeleteInputSchema.parse({ slug: of })),
  ),
  fc
    .record({
      id: artifact,
      add: fc.array(tagName, { maxLength: 3 }),
      remove: fc.array(tagName, { maxLength: 1 }),
    })
    .map(
      (input): Mutation =>
        (at) =>
          setArtifactTags(at.home.cache, artifactSetTagsInputSchema.parse(input)),
    ),
);

const step = fc.record({ mutation, writes: fc.boolean() });

test("any mutations, then the cache deleted, then a refresh: the same groups, tags and memberships", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const at = await openTestHome(HEAD);
      at.put("skills/pdf/SKILL.md", "---\nname: pdf\ntags: [loose, C]\n---\n");
      at.put("skills/review/SKILL.md", "");
      at.put("commands/review.md", "---\ntags: 日本語, Code Review\n---\n");
      at.put("commands/git/push.md", "");
      at.put("mcp/fs.json", "{}");
      await at.home.sync.ready("default");
      for (const { mutation: mutate, writes } of steps) {
        // What is refused is a clear error, and changes nothing.
        await mutate(at).catch((error: unknown) => expect(error).toBeInstanceOf(SkillmeatError));
        if (writes) expect(await at.home.sync.syncGroups("default")).toMatchObject({ saved: true });
      }
      await at.home.sync.flush();
      const before = await at.curation();
      const text = at.read();
      await at.reopen({ withoutCache: true });
      await at.home.sync.refresh();
      expect(await at.curation()).toEqual(before);
      expect(at.read()).toBe(text);
      await at.home.close();
      rmSync(at.root, { recursive: true });
    }),
    fuzz(40),
  );
});
