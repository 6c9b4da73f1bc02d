import {
  addMembers,
  copyGroup,
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  moveMembers,
  removeMembers,
  reorderGroups,
  reorderMembers,
  updateGroup,
} from "@skillmeat/core";
import {
  groupAddMembersInputSchema,
  groupCopyInputSchema,
  groupCreateInputSchema,
  groupDeleteInputSchema,
  groupGetInputSchema,
  groupListInputSchema,
  groupMoveMembersInputSchema,
  groupRemoveMembersInputSchema,
  groupReorderInputSchema,
  groupReorderMembersInputSchema,
  groupUpdateInputSchema,
} from "@skillmeat/core/schema";
import { collectionProcedure, copyProcedure, mutationProcedure } from "../procedures.ts";
import { router } from "../trpc.ts";
import { unsaved } from "../write-through.ts";

const mutation = mutationProcedure("groups");

export const groupsRouter = router({
  list: collectionProcedure
    .input(groupListInputSchema)
    .query(({ ctx, input }) => listGroups(ctx.home.cache, input)),
  get: collectionProcedure
    .input(groupGetInputSchema)
    .query(({ ctx, input }) => getGroup(ctx.home.cache, input)),
  create: mutation
    .input(groupCreateInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ group: await createGroup(ctx.cache, input) })),
  update: mutation
    .input(groupUpdateInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ group: await updateGroup(ctx.cache, input) })),
  delete: mutation
    .input(groupDeleteInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ group: await deleteGroup(ctx.cache, input) })),
  copy: copyProcedure("groups")
    .input(groupCopyInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ group: await copyGroup(ctx.cache, input) })),
  reorder: mutation
    .input(groupReorderInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ groups: await reorderGroups(ctx.cache, input) })),
  addMembers: mutation
    .input(groupAddMembersInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ group: await addMembers(ctx.cache, input) })),
  removeMembers: mutation
    .input(groupRemoveMembersInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ group: await removeMembers(ctx.cache, input) })),
  moveMembers: mutation
    .input(groupMoveMembersInputSchema)
    .mutation(async ({ ctx, input }) => unsaved(await moveMembers(ctx.cache, input))),
  reorderMembers: mutation
    .input(groupReorderMembersInputSchema)
    .mutation(async ({ ctx, input }) => unsaved({ group: await reorderMembers(ctx.cache, input) })),
});
