import { z } from "zod";
import { oneLine, pathSchema } from "./text.ts";

/** The collection that is meant where none is named. */
export const DEFAULT_COLLECTION = "default";

/** The directory name of a new collection. Devices' names are refused since Windows reserves them. */
export const newCollectionDirSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
    error:
      "A collection's name must be 1 to 64 of a-z, 0-9, '.', '_' and '-', starting with a letter or digit",
  })
  .refine((dir) => !dir.endsWith("."), { error: "A collection's name must not end with a dot" })
  .refine((dir) => !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/.test(dir), {
    error: "That name is reserved by some systems; take another",
  });

/** Whether an existing folder's name can be a collection: one path segment, and not hidden. */
export function isSafeSegment(segment: string): boolean {
  return segment !== "" && !segment.startsWith(".") && !/[/\\\p{Cc}]/u.test(segment);
}

/** A collection by its directory name, where it must be named. */
export const collectionNameSchema = z
  .string({ error: "Name a collection" })
  .refine(isSafeSegment, { error: "A collection is named by its folder, without / or \\" });

/** A collection by its directory name, as calls give it. */
export const collectionRefSchema = collectionNameSchema.default(DEFAULT_COLLECTION);

const displayNameSchema = oneLine("A display name", 255);

export const collectionSchema = z.object({
  /** The directory name: the collection's identity. */
  name: z.string(),
  /** `[collection].name`; for show. */
  displayName: z.string(),
  path: z.string(),
  manifest: z.string(),
  /** Whether its folder stands outside the home. */
  linked: z.boolean(),
  artifacts: z.number().int(),
  groups: z.number().int(),
  tags: z.number().int(),
});
export type Collection = z.infer<typeof collectionSchema>;

export const collectionGetInputSchema = z.object({ collection: collectionRefSchema });
export type CollectionGetInput = z.infer<typeof collectionGetInputSchema>;

export const collectionCreateInputSchema = z.object({
  name: newCollectionDirSchema,
  displayName: displayNameSchema.optional(),
});
export type CollectionCreateInput = z.infer<typeof collectionCreateInputSchema>;

export const collectionUpdateInputSchema = z.object({
  collection: collectionRefSchema,
  displayName: displayNameSchema,
});
export type CollectionUpdateInput = z.infer<typeof collectionUpdateInputSchema>;

/** What is not in the manifest yet is lost only where `force` is given. */
export const collectionDeleteInputSchema = z.object({
  collection: collectionNameSchema,
  force: z.boolean().default(false),
});
export type CollectionDeleteInput = z.infer<typeof collectionDeleteInputSchema>;

export const collectionImportInputSchema = z.object({
  path: pathSchema,
  name: newCollectionDirSchema.optional(),
});
export type CollectionImportInput = z.infer<typeof collectionImportInputSchema>;
