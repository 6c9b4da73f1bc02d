import { z } from "zod";
import { collectionRefSchema } from "./collection.ts";

export const backupListInputSchema = z.object({ collection: collectionRefSchema });
export type BackupListInput = z.infer<typeof backupListInputSchema>;

/** A backup by its id, or by what that alone begins with. */
export const backupGetInputSchema = z.object({
  collection: collectionRefSchema,
  id: z.string().regex(/^[\w.-]+$/, { error: "A backup is named by its id" }),
});
export type BackupGetInput = z.infer<typeof backupGetInputSchema>;

/** A text of a manifest that a write displaced. */
export const backupSchema = z.object({
  id: z.string(),
  collection: z.string(),
  /** When it was displaced; ISO 8601, UTC. */
  at: z.string(),
  bytes: z.number().int(),
  path: z.string(),
});
export type Backup = z.infer<typeof backupSchema>;
