import { z } from "zod";
import { collectionRefSchema } from "./collection.ts";
import { writeOutcomeSchema } from "./sync.ts";

/** A thing that a change made, changed or removed. */
export const touchedEntitySchema = z.object({
  kind: z.enum(["collection", "group", "tag", "artifact"]),
  /** A group's id, a tag's slug, an artifact's `type:name`, a collection's directory name. */
  id: z.string(),
  name: z.string(),
  change: z.enum(["added", "changed", "removed"]),
});
export type TouchedEntity = z.infer<typeof touchedEntitySchema>;

/** A change of a collection, as its history lists it. */
export const historyItemSchema = z.object({
  id: z.number().int(),
  collection: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** By a call, or found in the manifest and the folders. */
  origin: z.enum(["call", "file"]),
  /** The procedure, such as `groups.update`; of what was found, `file`. */
  action: z.string(),
  summary: z.string(),
  touched: z.array(touchedEntitySchema),
  /** The change that this one took back. */
  undoes: z.number().int().nullable(),
  /** The change that took this one back. */
  undoneBy: z.number().int().nullable(),
  /** Whether it can be taken back, as far as later changes do not stand in the way. */
  undoable: z.boolean(),
});
export type HistoryItem = z.infer<typeof historyItemSchema>;

export const historyListInputSchema = z.object({
  collection: collectionRefSchema,
  limit: z.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, { error: "A cursor is one that a list of changes gave" })
    .optional(),
});
export type HistoryListInput = z.infer<typeof historyListInputSchema>;

/** Without `id`, the newest change that can be undone, was not undone, and is no undo itself. */
export const historyUndoInputSchema = z.object({
  collection: collectionRefSchema,
  id: z.number().int().positive().optional(),
});
export type HistoryUndoInput = z.infer<typeof historyUndoInputSchema>;

/** What every mutation's reply says of itself. */
export const mutationOutcomeSchema = writeOutcomeSchema.extend({
  /** The change that can be undone; null where there is none. */
  change: z.number().int().nullable(),
});
export type MutationOutcome = z.infer<typeof mutationOutcomeSchema>;
