import { z } from "zod";
import { newCollectionDirSchema } from "./collection.ts";
import { collectionRefreshSchema, collectionStatusSchema } from "./sync.ts";
import { pathSchema } from "./text.ts";

/** A folder to be used where it stands; under its own name where none is given. */
export const collectionLinkInputSchema = z.object({
  path: pathSchema,
  name: newCollectionDirSchema.optional(),
});
export type CollectionLinkInput = z.infer<typeof collectionLinkInputSchema>;

/** What came in with a collection, and which members no artifact answers to. */
export const collectionReportSchema = collectionRefreshSchema.extend({
  unresolvedMembers: collectionStatusSchema.shape.unresolvedMembers,
});
export type CollectionReport = z.infer<typeof collectionReportSchema>;
