import { z } from "zod";
import { collectionNameSchema } from "./collection.ts";

/** Something in a manifest or a collection's folder that could not be read as it stands. */
export const problemSchema = z.object({
  /** Relative to the collection's folder. */
  file: z.string(),
  /** From 1; 0 where no line is at fault. */
  line: z.number().int(),
  /** From 1, in characters; 0 where no column is at fault. */
  column: z.number().int(),
  message: z.string(),
  /** The lines around it with a mark below the place, of a manifest that cannot be read. */
  frame: z.string().optional(),
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
  /** How many values lost where cache and manifest differed, and were not seen yet. */
  losses: z.number().int(),
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

const differenceSchema = z.object({ cache: z.string(), manifest: z.string() });

/** A list in the cache and in the manifest; `added` is in the manifest alone, `removed` in the cache alone. */
const listDifferenceSchema = z.object({
  cache: z.array(z.string()),
  manifest: z.array(z.string()),
  added: z.array(z.string()),
  removed: z.array(z.string()),
  /** In both, in another place. */
  moved: z.array(z.string()),
});
export type ListDifference = z.infer<typeof listDifferenceSchema>;

/** The kinds of rows that are ours in a manifest. */
export const rowKindSchema = z.enum(["group", "tag", "artifact"]);
export type RowKind = z.infer<typeof rowKindSchema>;

/** How a row of the manifest differs from the cache's: `added` is in the manifest alone. */
export const rowChangeSchema = z.object({
  kind: rowKindSchema,
  /** A group's name, a tag's slug, an artifact's `type:name`, as in the cache; "" for the order of all groups or all tags. */
  name: z.string(),
  change: z.enum(["added", "removed", "changed"]),
  /** Of a changed row: each field that differs; `members`, `tags` and `order` are lists. */
  fields: z.record(z.string(), z.union([differenceSchema, listDifferenceSchema])).optional(),
});
export type RowChange = z.infer<typeof rowChangeSchema>;

/** What a manifest holds otherwise than the cache. */
export const collectionDiffSchema = z.object({
  name: z.string(),
  changes: z.array(rowChangeSchema),
  problems: z.array(problemSchema),
});
export type CollectionDiff = z.infer<typeof collectionDiffSchema>;

/** Some collections, or all where none is named; with `dryRun` nothing is changed. */
export const syncInputSchema = z
  .object({ collection: collectionNameSchema.optional(), dryRun: z.boolean().default(false) })
  .default({ dryRun: false });
export type SyncInput = z.infer<typeof syncInputSchema>;

/** Something that cache and manifest both changed, each otherwise. */
export const conflictSchema = z.object({
  kind: rowKindSchema,
  /** The row's name, slug or `type:name`; "" for the order of all groups or all tags. */
  name: z.string(),
  /** The field; `order` for that of a list; `row` where one side deleted what the other changed. */
  field: z.string(),
  kept: z.string(),
  lost: z.string(),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** What a pull, a push or a merge did to one collection, or with `dryRun` would do. */
export const collectionSyncedSchema = z.object({
  name: z.string(),
  /** What changed in the cache. */
  changes: z.array(rowChangeSchema),
  /** What changed in the manifest, as a unified diff; "" where nothing did. */
  diff: z.string(),
  /** What both sides had changed; only a merge knows of it. */
  conflicts: z.array(conflictSchema),
  /** The backup of what was replaced; null where nothing was. */
  backup: z.string().nullable(),
  ...writeOutcomeSchema.shape,
  /** The change in the history; null where there is none. */
  change: z.number().int().nullable(),
});
export type CollectionSynced = z.infer<typeof collectionSyncedSchema>;

/** A value that lost where cache and manifest both held one. */
export const lossSchema = conflictSchema.extend({
  id: z.number().int(),
  collection: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** Whose value lost. */
  side: z.enum(["file", "cache"]),
  /** The backup that holds it; null where none does. */
  backup: z.string().nullable(),
});
export type Loss = z.infer<typeof lossSchema>;

/** The losses to be marked as seen; all of the collections where none is named. */
export const resolveInputSchema = z
  .object({
    collection: collectionNameSchema.optional(),
    ids: z.array(z.number().int()).optional(),
  })
  .default({});
export type ResolveInput = z.infer<typeof resolveInputSchema>;
