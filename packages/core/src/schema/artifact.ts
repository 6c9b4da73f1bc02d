import { z } from "zod";
import { collectionRefSchema } from "./collection.ts";
import { tagNameSchema } from "./tag.ts";
import { pathSchema } from "./text.ts";

/** The types that have a folder of their own, in the order in which an ambiguous name is read. */
export const ARTIFACT_TYPES = ["skill", "command", "agent", "hook", "mcp", "workflow"] as const;
export type ArtifactType = (typeof ARTIFACT_TYPES)[number];

/** Whether a word is one of {@link ARTIFACT_TYPES}. */
export function isArtifactType(word: string): word is ArtifactType {
  return ARTIFACT_TYPES.some((type) => type === word);
}

/** Why a text cannot be an artifact's name, or null where it can. */
export function artifactNameProblem(name: string): string | null {
  if (name === "") return "an artifact's name must not be empty";
  if (/[/\\\0]/.test(name)) return "an artifact's name must not hold /, \\ or NUL";
  if (/[\p{Cc}\p{Surrogate}]/u.test(name))
    return "an artifact's name must not hold control characters";
  if (name.startsWith(".")) return "an artifact's name must not start with a dot";
  if (name.length > 255) return "an artifact's name must have at most 255 characters";
  return null;
}

export const artifactNameSchema = z.string().superRefine((name, context) => {
  const problem = artifactNameProblem(name);
  if (problem !== null) context.addIssue({ code: "custom", message: problem });
});

/** A reference to an artifact: its plain name, or `type:name`. */
export const artifactRefSchema = z
  .string()
  .min(1, { error: "Name an artifact" })
  .refine((ref) => artifactNameProblem(ref) === null, {
    error: "An artifact is named by its name or type:name, without / and control characters",
  });

/** A row of `[[artifacts]]`, as far as we read it. `path` is relative to the collection, with `/`. */
export const artifactDefinitionSchema = z.object({
  name: z.string(),
  type: z.string(),
  path: z.string().nullable(),
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
});
export type ArtifactDefinition = z.infer<typeof artifactDefinitionSchema>;

export const artifactSchema = z.object({
  /** `type:name` */
  id: z.string(),
  type: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  groups: z.array(z.string()),
  /** Relative to the collection's folder, with `/`; "" where no file is known. */
  path: z.string(),
  /** True where a row names the artifact and no file is there. */
  missing: z.boolean(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** By name, then type; or by type, then name. */
export const artifactSortSchema = z.enum(["name", "type"]);
export type ArtifactSort = z.infer<typeof artifactSortSchema>;

export const artifactListInputSchema = z
  .object({
    collection: collectionRefSchema,
    type: z.string().optional(),
    tag: z.string().optional(),
    group: z.string().optional(),
    /** Those alone that are in no group. */
    ungrouped: z.boolean().optional(),
    search: z.string().optional(),
    sort: artifactSortSchema.optional(),
    limit: z.number().int().min(1).max(1000).default(100),
    cursor: z.string().optional(),
  })
  .refine(({ group, ungrouped }) => group === undefined || ungrouped !== true, {
    error: "Ask for the artifacts of a group or for the ungrouped ones, not for both",
  });
export type ArtifactListInput = z.infer<typeof artifactListInputSchema>;

/** An artifact by `type:name`, or by its plain name. */
export const artifactGetInputSchema = z.object({
  collection: collectionRefSchema,
  id: artifactRefSchema,
});
export type ArtifactGetInput = z.infer<typeof artifactGetInputSchema>;

export const artifactRemoveInputSchema = artifactGetInputSchema;
export type ArtifactRemoveInput = ArtifactGetInput;

export const artifactAddInputSchema = z.object({
  collection: collectionRefSchema,
  paths: z.array(pathSchema).min(1, { error: "Name a file or a folder to add" }),
  type: z.enum(ARTIFACT_TYPES).optional(),
  name: artifactNameSchema.optional(),
  dryRun: z.boolean().default(false),
});
export type ArtifactAddInput = z.infer<typeof artifactAddInputSchema>;

/** The text of an artifact: of a folder, that of the file which says what it is. */
export const artifactContentSchema = z.object({
  /** The file, relative to the collection's folder, with `/`. */
  file: z.string(),
  text: z.string(),
  /** Whether the file is longer than its text here. */
  cut: z.boolean(),
});
export type ArtifactContent = z.infer<typeof artifactContentSchema>;

/** Tags to put on and to take off; each by slug or by name. */
export const artifactSetTagsInputSchema = z.object({
  collection: collectionRefSchema,
  id: artifactRefSchema,
  add: z.array(tagNameSchema).default([]),
  remove: z.array(tagNameSchema).default([]),
});
export type ArtifactSetTagsInput = z.infer<typeof artifactSetTagsInputSchema>;

/** As {@link artifactSetTagsInputSchema}, of several artifacts at once. */
export const artifactTagManyInputSchema = z.object({
  collection: collectionRefSchema,
  ids: z.array(artifactRefSchema).min(1, { error: "Name an artifact" }).max(10_000),
  add: z.array(tagNameSchema).default([]),
  remove: z.array(tagNameSchema).default([]),
});
export type ArtifactTagManyInput = z.infer<typeof artifactTagManyInputSchema>;
