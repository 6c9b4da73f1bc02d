import { z } from "zod";
import { collectionNameSchema, isSafeSegment, newCollectionDirSchema } from "./collection.ts";

/** What lies in the trash: an artifact's file or folder, or a collection's folder. */
export const trashItemSchema = z.object({
  /** Its place below the home's trash, such as `default/20261122T101500000Z-skill-pdf`. */
  id: z.string(),
  kind: z.enum(["artifact", "collection"]),
  /** The artifact's `type:name`, or the collection's directory name. */
  name: z.string(),
  /** The collection that it was in, or was. */
  collection: z.string(),
  /** When it was removed; ISO 8601, UTC. */
  at: z.string(),
  /** Where it lies, absolute. */
  path: z.string(),
});
export type TrashItem = z.infer<typeof trashItemSchema>;

/** The trash of one collection, or all of it. */
export const trashListInputSchema = z
  .object({ collection: collectionNameSchema.optional() })
  .default({});
export type TrashListInput = z.infer<typeof trashListInputSchema>;

/** A collection goes back under its name, or under that of `as`; an artifact keeps its name. */
export const trashRestoreInputSchema = z.object({
  id: z.string().refine((id) => id.split("/").length === 2 && id.split("/").every(isSafeSegment), {
    error: "Name what is in the trash as skillmeat trash list does",
  }),
  as: newCollectionDirSchema.optional(),
});
export type TrashRestoreInput = z.infer<typeof trashRestoreInputSchema>;
