import { z } from "zod";

/** Something in a manifest or a collection's folder that could not be read as it stands. */
export const problemSchema = z.object({
  /** Relative to the collection's folder. */
  file: z.string(),
  /** From 1; 0 where no line is at fault. */
  line: z.number().int(),
  /** From 1, in characters; 0 where no column is at fault. */
  column: z.number().int(),
  message: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

export const collectionStateSchema = z.enum([
  "missing",
  "unreadable",
  "pending",
  "drifted",
  "clean",
]);
export type CollectionState = z.infer<typeof collectionStateSchema>;

export const collectionStatusSchema = z.object({
  name: z.string(),
  state: collectionStateSchema,
  reason: z.string().nullable(),
  /** How many mutations are not in the file yet. */
  unsaved: z.number().int(),
  dirtyRev: z.number().int(),
  writtenRev: z.number().int(),
  /** The manifest's absolute path. */
  manifest: z.string(),
  /** When the manifest was last read or written here; ISO 8601, UTC. */
  updatedAt: z.string().nullable(),
  /** Since when mutations wait, and when the next try is due; ISO 8601, UTC. */
  pendingSince: z.string().nullable(),
  nextTry: z.string().nullable(),
  /** `group: ref` of each member that no artifact answers to. */
  unresolvedMembers: z.array(z.object({ group: z.string(), ref: z.string() })),
  problems: z.array(problemSchema),
});
export type CollectionStatus = z.infer<typeof collectionStatusSchema>;

/** Why a refresh took nothing of a kind from a manifest; null where it took something. */
export const skippedSchema = z
  .enum(["cache-authoritative", "nothing-in-manifest", "manifest-unreadable", "manifest-missing"])
  .nullable();
export type Skipped = z.infer<typeof skippedSchema>;

const recoveredSchema = z.object({ recovered: z.number().int(), skipped: skippedSchema });

export const collectionRefreshSchema = z.object({
  name: z.string(),
  artifacts: z.object({
    found: z.number().int(),
    added: z.number().int(),
    removed: z.number().int(),
  }),
  tags: recoveredSchema,
  groups: recoveredSchema,
  members: z.object({ resolved: z.number().int(), unresolved: z.number().int() }),
  problems: z.array(problemSchema),
});
export type CollectionRefresh = z.infer<typeof collectionRefreshSchema>;

/** Some collections by name, or all of them where none is named. */
export const collectionsInputSchema = z.object({ collection: z.string().optional() }).default({});
export type CollectionsInput = z.infer<typeof collectionsInputSchema>;

export const resetInputSchema = z
  .object({ force: z.boolean().default(false) })
  .default({ force: false });
export type ResetInput = z.infer<typeof resetInputSchema>;

/** What every mutation's reply says of the write-through. */
export const writeOutcomeSchema = z.object({
  /** Whether the manifest holds the mutation, fsynced. */
  saved: z.boolean(),
  /** Why it does not yet; null where it does. */
  reason: z.string().nullable(),
});
export type WriteOutcome = z.infer<typeof writeOutcomeSchema>;
