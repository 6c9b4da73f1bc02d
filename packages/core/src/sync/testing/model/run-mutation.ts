import { z } from "zod";
import type { Cache } from "../../../cache/open.ts";
import { isCacheLost } from "../../../cache/unusable.ts";
import { SkillmeatError } from "../../../errors.ts";
import {
  createGroup,
  deleteGroup,
  reorderGroups,
  updateGroup,
} from "../../../operations/groups.ts";
import { addMembers, removeMembers, reorderMembers } from "../../../operations/members.ts";
import { setArtifactTags } from "../../../operations/set-tags.ts";
import { createTag, deleteTag, updateTag } from "../../../operations/tags.ts";
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
} from "../../../schema/index.ts";
import type { Mutation } from "./mutations.ts";

/**
 * Does a mutation as a procedure would, with its input checked.
 * @returns false where it is refused
 * @throws what is no refusal
 */
export async function runMutation(cache: Cache, mutation: Mutation): Promise<boolean> {
  try {
    await run(cache, mutation);
    return true;
  } catch (error) {
    if (error instanceof z.ZodError) return false;
    if (error instanceof SkillmeatError && !isCacheLost(error)) return false;
    throw error;
  }
}

function run(cache: Cache, { kind, ...input }: Mutation): Promise<unknown> {
  switch (kind) {
    case "createGroup":
      return createGroup(cache, groupCreateInputSchema.parse(input));
    case "updateGroup":
      return updateGroup(cache, groupUpdateInputSchema.parse(input));
    case "deleteGroup":
      return deleteGroup(cache, groupDeleteInputSchema.parse(input));
    case "reorderGroups":
      return reorderGroups(cache, groupReorderInputSchema.parse(input));
    case "addMembers":
      return addMembers(cache, groupAddMembersInputSchema.parse(input));
    case "removeMembers":
      return removeMembers(cache, groupRemoveMembersInputSchema.parse(input));
    case "reorderMembers":
      return reorderMembers(cache, groupReorderMembersInputSchema.parse(input));
    case "createTag":
      return createTag(cache, tagCreateInputSchema.parse(input));
    case "updateTag":
      return updateTag(cache, tagUpdateInputSchema.parse(input));
    case "deleteTag":
      return deleteTag(cache, tagDeleteInputSchema.parse(input));
    case "setArtifactTags":
      return setArtifactTags(cache, artifactSetTagsInputSchema.parse(input));
  }
}
