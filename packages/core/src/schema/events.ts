import { z } from "zod";
import { touchedEntitySchema } from "./history.ts";
import { collectionStatusSchema } from "./sync.ts";

/** A change of a collection, as followers are told of it. */
export const changeNewsSchema = z.object({
  id: z.number().int(),
  collection: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** By a call, in whichever process, or found in the manifest and the folders. */
  origin: z.enum(["call", "file"]),
  /** The procedure, such as `groups.update`; of what was found, `file`. */
  action: z.string(),
  summary: z.string(),
  touched: z.array(touchedEntitySchema),
});
export type ChangeNews = z.infer<typeof changeNewsSchema>;

/** What `events.changes` tells. */
export const collectionEventSchema = z.discriminatedUnion("type", [
  /** What is known may be older than what follows: at the start, and where changes were missed. Ask for everything anew. */
  z.object({ type: z.literal("reset") }),
  z.object({ type: z.literal("change"), change: changeNewsSchema }),
  /** How a collection stands: of each after a reset, and whenever that changes. */
  z.object({ type: z.literal("state"), status: collectionStatusSchema }),
]);
export type CollectionEvent = z.infer<typeof collectionEventSchema>;

/** One collection, or all of them where none is named. */
export const eventsInputSchema = z
  .object({
    collection: z.string().optional(),
    /** The id of the last event that came; only what came after that is told. Clients send it by themselves. */
    lastEventId: z.string().nullish(),
  })
  .default({});
export type EventsInput = z.infer<typeof eventsInputSchema>;
