import type { CollectionEvent, LogPlace } from "@skillmeat/core";
import { eventsInputSchema } from "@skillmeat/core/schema";
import { tracked, type TrackedEnvelope } from "@trpc/server";
import { procedure, router } from "../trpc.ts";

export const eventsRouter = router({
  /**
   * Tells what happens to one collection or to all of them. Each event's id is a place in the log of changes,
   * from which a client that lost the connection is told all that it missed.
   */
  changes: procedure
    .input(eventsInputSchema)
    .use(async ({ ctx, input: { collection }, next }) => {
      if (collection !== undefined) await ctx.home.sync.ready(collection);
      return next();
    })
    .subscription(async function* ({
      ctx,
      input: { collection, lastEventId },
      signal,
    }): AsyncGenerator<TrackedEnvelope<CollectionEvent>, void> {
      const from = parsePlace(lastEventId ?? "");
      for await (const [place, event] of ctx.events.follow({ from, collection, signal })) {
        yield tracked(`${place.epoch}:${place.id}`, event);
      }
    }),
});

/** The place that an event's id names; null where it is none. */
function parsePlace(eventId: string): LogPlace | null {
  const [, epoch, id] = /^(.+):(\d{1,15})$/.exec(eventId) ?? [];
  return epoch === undefined ? null : { epoch, id: Number(id) };
}
