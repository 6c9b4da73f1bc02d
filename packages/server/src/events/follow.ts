import { endOfLog, readChangesBehind, type ChangeNews, type LogPlace } from "@skillmeat/core";
import type { FollowOptions, Hub, PlacedEvent } from "./hub.ts";
import type { Statuses } from "./settled-statuses.ts";

/** How many changes are read at once. */
const BATCH = 100;

/**
 * One follower's events, as `Events.follow` promises them. What cannot be read just now is read later:
 * a follower is never let down by a cache that is being replaced.
 */
export async function* follow(
  hub: Hub,
  { from, collection, signal }: FollowOptions,
): AsyncGenerator<PlacedEvent, void> {
  const states = createStates();
  const isOfInterest = (name: string) =>
    collection === undefined || name.toLowerCase() === collection.toLowerCase();
  const isOver = () => hub.isClosed || signal?.aborted === true;
  let place = from;
  while (!isOver()) {
    const { turn } = hub;
    const changes = await orNull(hub, () => readOn(hub, place));
    if (changes === "reset") {
      place = await orNull(hub, () => hub.home.read(({ db }) => endOfLog(db)));
      if (place === null) continue;
      states.forget();
      yield [place, { type: "reset" }];
    } else if (changes === null || place === null) {
      continue;
    } else {
      for (const change of changes) {
        place = { epoch: place.epoch, id: change.id };
        if (isOfInterest(change.collection)) yield [place, { type: "change", change }];
      }
      if (changes.length === BATCH) continue;
    }
    const statuses = (await orNull(hub, () => hub.statuses())) ?? [];
    for (const status of states.changed(statuses)) {
      if (isOfInterest(status.name)) yield [place, { type: "state", status }];
    }
    await hub.next(turn, signal);
  }
}

/** What is logged behind a place; "reset" where there is no way on from it. */
async function readOn(
  { home }: Hub,
  place: LogPlace | null,
): Promise<readonly ChangeNews[] | "reset"> {
  if (place === null) return "reset";
  return (await home.read(({ db }) => readChangesBehind(db, place, BATCH))) ?? "reset";
}

/** What is read; null, after a pause, where it cannot be. */
async function orNull<T>(hub: Hub, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    if (!hub.isClosed) await hub.pause();
    return null;
  }
}

/** What a follower was told of the states of collections. */
function createStates() {
  const told = new Map<string, string>();
  let last: Statuses = [];
  return {
    forget() {
      told.clear();
      last = [];
    },
    /** The statuses that differ from what was told; counted as told from now on. */
    changed(statuses: Statuses): Statuses {
      if (statuses === last) return [];
      last = statuses;
      const names = new Set(statuses.map(({ name }) => name));
      for (const name of told.keys()) if (!names.has(name)) told.delete(name);
      return statuses.filter((status) => {
        // These change with each mutation, which is told by itself.
        const { dirtyRev: _, writtenRev: __, updatedAt: ___, nextTry: ____, ...rest } = status;
        const now = JSON.stringify(rest);
        const isNews = told.get(status.name) !== now;
        told.set(status.name, now);
        return isNews;
      });
    },
  };
}
