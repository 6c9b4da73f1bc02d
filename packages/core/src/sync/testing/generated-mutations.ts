import fc from "fast-check";
import type { Cache } from "../../cache/open.ts";
import { createGroup, deleteGroup, reorderGroups, updateGroup } from "../../operations/groups.ts";
import { addMembers, removeMembers, reorderMembers } from "../../operations/members.ts";
import { setArtifactTags } from "../../operations/set-tags.ts";
import { createTag, deleteTag, updateTag } from "../../operations/tags.ts";
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
} from "../../schema/index.ts";

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

/** A call of an operation on the collection `default`; it may be refused. */
export type Mutation = (cache: Cache) => Promise<unknown>;

/** Any mutation of groups, tags and assignments. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .record({ name: groupName, description, color, icon, members: fc.array(ref, { maxLength: 6 }) })
    .map(
      (input): Mutation =>
        (cache) =>
          createGroup(cache, groupCreateInputSchema.parse(input)),
    ),
  fc.tuple(groupName, fc.record({ name: groupName, description, color, icon, position }, some)).map(
    ([group, input]): Mutation =>
      (cache) =>
        updateGroup(cache, groupUpdateInputSchema.parse({ group, ...input })),
  ),
  groupName.map(
    (group): Mutation =>
      (cache) =>
        deleteGroup(cache, groupDeleteInputSchema.parse({ group })),
  ),
  fc.record({ groups: fc.uniqueArray(groupName, { minLength: 1, maxLength: 3 }) }).map(
    (input): Mutation =>
      (cache) =>
        reorderGroups(cache, groupReorderInputSchema.parse(input)),
  ),
  fc
    .tuple(fc.record({ group: groupName, members: refs }), fc.option(position, { nil: undefined }))
    .map(
      ([input, place]): Mutation =>
        (cache) =>
          addMembers(cache, groupAddMembersInputSchema.parse({ ...input, at: place })),
    ),
  fc.record({ group: groupName, members: refs }).map(
    (input): Mutation =>
      (cache) =>
        removeMembers(cache, groupRemoveMembersInputSchema.parse(input)),
  ),
  fc.record({ group: groupName, members: refs }).map(
    (input): Mutation =>
      (cache) =>
        reorderMembers(cache, groupReorderMembersInputSchema.parse(input)),
  ),
  fc
    .tuple(fc.record({ name: tagName, color, description }), fc.option(slug, { nil: undefined }))
    .map(
      ([input, own]): Mutation =>
        (cache) =>
          createTag(cache, tagCreateInputSchema.parse({ ...input, slug: own })),
    ),
  fc
    .tuple(
      fc.oneof(slug, tagName),
      fc.record({ name: tagName, newSlug: slug, color, description }, some),
    )
    .map(
      ([of, input]): Mutation =>
        (cache) =>
          updateTag(cache, tagUpdateInputSchema.parse({ slug: of, ...input })),
    ),
  fc.oneof(slug, tagName).map(
    (of): Mutation =>
      (cache) =>
        deleteTag(cache, tagDeleteInputSchema.parse({ slug: of })),
  ),
  fc
    .record({
      id: artifact,
      add: fc.array(tagName, { maxLength: 3 }),
      remove: fc.array(tagName, { maxLength: 1 }),
    })
    .map(
      (input): Mutation =>
        (cache) =>
          setArtifactTags(cache, artifactSetTagsInputSchema.parse(input)),
    ),
);
