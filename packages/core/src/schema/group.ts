import { z } from "zod";
import { artifactRefSchema } from "./artifact.ts";
import { collectionNameSchema, collectionRefSchema } from "./collection.ts";
import { descriptionSchema, groupColorSchema, iconSchema, oneLine } from "./text.ts";

const ID_SHAPE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is shaped like a group's id (a UUID), and so cannot be a group's name. */
export function isGroupId(text: string): boolean {
  return ID_SHAPE.test(text);
}

export const groupNameSchema = oneLine("A group's name", 255).refine((name) => !isGroupId(name), {
  error: "A group's name must not be shaped like an id",
});

/** A row of `[[groups]]`, as far as it is ours. `members` are references as the file writes them. */
export const groupDefinitionSchema = z.object({
  name: z.string(),
  description: z.string(),
  color: z.string(),
  icon: z.string(),
  members: z.array(z.string()),
});
export type GroupDefinition = z.infer<typeof groupDefinitionSchema>;

/** A member of a group; `artifactId` is null while no artifact answers to `ref`. */
export const memberSchema = z.object({
  ref: z.string(),
  artifactId: z.string().nullable(),
});
export type Member = z.infer<typeof memberSchema>;

export const groupSchema = z.object({
  id: z.string(),
  collection: z.string(),
  name: z.string(),
  description: z.string(),
  color: z.string(),
  icon: z.string(),
  position: z.number().int(),
  members: z.array(memberSchema),
});
export type Group = z.infer<typeof groupSchema>;

/** A group by its id or its name. */
export const groupRefSchema = z.string().min(1, { error: "Name a group" });

const positionSchema = z.number().int().min(0, { error: "A position counts from 0" });
const membersSchema = z.array(artifactRefSchema).max(100_000);

export const groupListInputSchema = z.object({ collection: collectionRefSchema });
export type GroupListInput = z.infer<typeof groupListInputSchema>;

export const groupGetInputSchema = z.object({
  collection: collectionRefSchema,
  group: groupRefSchema,
});
export type GroupGetInput = z.infer<typeof groupGetInputSchema>;

export const groupCreateInputSchema = z.object({
  collection: collectionRefSchema,
  name: groupNameSchema,
  description: descriptionSchema.default(""),
  color: groupColorSchema.default(""),
  icon: iconSchema.default(""),
  position: positionSchema.optional(),
  members: membersSchema.default([]),
});
export type GroupCreateInput = z.infer<typeof groupCreateInputSchema>;

export const groupUpdateInputSchema = z.object({
  collection: collectionRefSchema,
  group: groupRefSchema,
  name: groupNameSchema.optional(),
  description: descriptionSchema.optional(),
  color: groupColorSchema.optional(),
  icon: iconSchema.optional(),
  position: positionSchema.optional(),
});
export type GroupUpdateInput = z.infer<typeof groupUpdateInputSchema>;

export const groupDeleteInputSchema = groupGetInputSchema;
export type GroupDeleteInput = GroupGetInput;

/** Without `as` the copy bears the group's name, numbered where it is taken. */
export const groupCopyInputSchema = z.object({
  collection: collectionRefSchema,
  group: groupRefSchema,
  to: collectionNameSchema,
  as: groupNameSchema.optional(),
});
export type GroupCopyInput = z.infer<typeof groupCopyInputSchema>;

/** The named groups come first, in this order; the others follow in the order that they have. */
export const groupReorderInputSchema = z.object({
  collection: collectionRefSchema,
  groups: z.array(groupRefSchema).min(1, { error: "Name the groups in their new order" }),
});
export type GroupReorderInput = z.infer<typeof groupReorderInputSchema>;

export const groupAddMembersInputSchema = z.object({
  collection: collectionRefSchema,
  group: groupRefSchema,
  members: membersSchema.min(1, { error: "Name at least one artifact" }),
  at: positionSchema.optional(),
});
export type GroupAddMembersInput = z.infer<typeof groupAddMembersInputSchema>;

export const groupRemoveMembersInputSchema = z.object({
  collection: collectionRefSchema,
  group: groupRefSchema,
  members: membersSchema.min(1, { error: "Name at least one member" }),
});
export type GroupRemoveMembersInput = z.infer<typeof groupRemoveMembersInputSchema>;

/** From one group to another: at the place given, else last. */
export const groupMoveMembersInputSchema = z.object({
  collection: collectionRefSchema,
  group: groupRefSchema,
  to: groupRefSchema,
  members: membersSchema.min(1, { error: "Name at least one member" }),
  at: positionSchema.optional(),
});
export type GroupMoveMembersInput = z.infer<typeof groupMoveMembersInputSchema>;

/** The named members come first, in this order; the others follow in the order that they have. */
export const groupReorderMembersInputSchema = groupRemoveMembersInputSchema;
export type GroupReorderMembersInput = GroupRemoveMembersInput;
