import type { CollectionEvent, Home } from "@skillmeat/core";
import { isTrackedEnvelope } from "@trpc/server";
import { onTestFinished } from "vitest";
import { openTemporaryHome } from "../http/testing.ts";
import { appRouter } from "../router.ts";
import { createEvents } from "./hub.ts";
import type { WatchLog } from "./report.ts";

/** One follower, whose events are asked for one by one. */
export interface Follower {
  /** The next event that is one of these; those before it are passed over. */
  next<T extends CollectionEvent["type"]>(
    type: T,
    isWanted?: (event: Extract<CollectionEvent, { type: T }>) => boolean,
  ): Promise<Extract<CollectionEvent, { type: T }>>;
  /** The next event of whatever kind. */
  any(): Promise<CollectionEvent>;
  /** The id of the last event. */
  readonly lastEventId: string;
  end(): Promise<void>;
}

/** The procedures of a new home with the empty collection `default`, and what its watch logs. */
export async function openFollowedHome(given?: Home) {
  const home = given ?? (await openTemporaryHome());
  const lines: { readonly message: string; readonly record: object }[] = [];
  const note = (record: object, message: string) => void lines.push({ message, record });
  const log: WatchLog = { info: note, warn: note };
  const events = createEvents({ home, log });
  onTestFinished(() => events.close());
  const api = appRouter.createCaller({ home, events });
  if (given === undefined) await api.collections.create({ name: "default" });
  const follow = async (input: { collection?: string; lastEventId?: string } = {}) => {
    const iterator = (await api.events.changes(input))[Symbol.asyncIterator]();
    return followerOf(iterator);
  };
  return { home, api, events, follow, lines };
}

function followerOf(iterator: AsyncIterator<unknown, unknown>): Follower {
  let lastEventId = "";
  const end = async () => void (await iterator.return?.());
  // What waits for an event ends with the events.
  onTestFinished(() => void end());
  const any = async () => {
    const { value, done } = await iterator.next();
    if (done === true) throw new Error("The events have ended");
    // Clients get the two as an object; what calls a procedure itself gets them as they are sent.
    if (!isTrackedEnvelope<CollectionEvent>(value)) throw new Error("The event has no id");
    const [id, event] = value;
    lastEventId = id;
    return event;
  };
  return {
    any,
    async next(type, isWanted = () => true) {
      for (;;) {
        const event = await any();
        if (isOfType(event, type) && isWanted(event)) return event;
      }
    },
    get lastEventId() {
      return lastEventId;
    },
    end,
  };
}

function isOfType<T extends CollectionEvent["type"]>(
  event: CollectionEvent,
  type: T,
): event is Extract<CollectionEvent, { type: T }> {
  return event.type === type;
}
