import { z } from "zod";

/** A thing that a change made, changed or removed. */
export const touchedEntitySchema = z.object({
  kind: z.enum(["collection", "group", "tag", "artifact"]),
  /** A group's id, a tag's slug, an artifact's `type:name`, a collection's directory name. */
  id: z.string(),
  name: z.string(),
  change: z.enum(["added", "changed", "removed"]),
});
export type TouchedEntity = z.infer<typeof touchedEntitySchema>;
