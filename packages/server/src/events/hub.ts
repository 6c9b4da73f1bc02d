import { readPulse, type CollectionEvent, type Home, type LogPlace } from "@skillmeat/core";
import { follow } from "./follow.ts";
import type { WatchLog } from "./report.ts";
import { createSettledStatuses, type Statuses } from "./settled-statuses.ts";
import { createWatch } from "./watch.ts";

/** How often the cache is asked whether anything was committed, in ms, while anybody follows. */
const PULSE_MS = 250;

/** An event, and the place in the log behind it. */
export type PlacedEvent = readonly [place: LogPlace, event: CollectionEvent];

export interface FollowOptions {
  /** Behind which place of the log; null for from now on. */
  readonly from: LogPlace | null;
  /** The one collection that is of interest; all where it is undefined. */
  readonly collection: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What tells of changes to a home, by whichever process and from whichever side. */
export interface Events {
  /**
   * Follows what happens until it is aborted or these events are closed. Nothing is kept for a follower
   * but its place: who is slow reads the log later, and who is too slow for the log begins anew.
   */
  follow(options: FollowOptions): AsyncGenerator<PlacedEvent, void>;
  /** Watches the folders from now on; else that is done while anybody follows. */
  watch(): void;
  /** Says that this process has committed something, so that followers look at once. */
  wake(): void;
  close(): Promise<void>;
}

/** What a follower has of the hub that it belongs to. */
export interface Hub {
  readonly home: Home;
  /** How often anything was committed. */
  readonly turn: number;
  statuses(): Promise<Statuses>;
  /** Waits until `turn` is another one, or nobody is to be told any more. */
  next(turn: number, signal: AbortSignal | undefined): Promise<void>;
  /** Waits a moment, after a failure. */
  pause(): Promise<void>;
  readonly isClosed: boolean;
}

export interface EventsOptions {
  readonly home: Home;
  /** Told of what was found in the folders. */
  readonly log?: WatchLog | undefined;
}

/** Makes the events of a home in this process. */
export function createEvents({ home, log }: EventsOptions): Events {
  let turn = 0;
  let pulse = "";
  let statuses: Promise<Statuses> | null = null;
  let isSettled = true;
  let followers = 0;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let beating = Promise.resolve();
  const waiting = new Set<() => void>();
  /** Whether the folders are watched while nobody follows, too. */
  let isKept = false;
  const settled = createSettledStatuses(home);
  const watch = createWatch(home, { log, onLooked: wake });

  function wake(): void {
    turn += 1;
    for (const resume of waiting) resume();
  }

  /** Looks whether anything was committed, by whomever. */
  async function beat(): Promise<void> {
    try {
      const { epoch } = home.cache;
      const now = await home.read(async ({ db }) => `${epoch}:${await readPulse(db)}`);
      if (now === pulse && isSettled) return;
      pulse = now;
      statuses = null;
      wake();
    } catch {
      // The cache cannot be read just now; calls say so, and the next beat tries again.
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      beating = beat().finally(() => {
        if (followers > 0 && !isClosed) schedule();
      });
    }, PULSE_MS);
  }

  function join(): void {
    followers += 1;
    if (followers > 1) return;
    statuses = null;
    watch.start();
    schedule();
  }

  function leave(): void {
    followers -= 1;
    if (followers > 0) return;
    clearTimeout(timer);
    if (!isKept) watch.stop();
  }

  const hub: Hub = {
    home,
    get turn() {
      return turn;
    },
    get isClosed() {
      return isClosed;
    },
    statuses: () => (statuses ??= readStatuses()),
    next: (seen, signal) =>
      new Promise((resolve) => {
        const end = () => {
          waiting.delete(end);
          signal?.removeEventListener("abort", end);
          resolve();
        };
        waiting.add(end);
        signal?.addEventListener("abort", end);
        if (seen !== turn || isClosed || signal?.aborted === true) end();
      }),
    pause: () => new Promise((resolve) => void setTimeout(resolve, PULSE_MS)),
  };

  async function readStatuses(): Promise<Statuses> {
    try {
      const read = await settled.read();
      ({ isSettled } = read);
      return read.statuses;
    } catch (error) {
      statuses = null;
      throw error;
    }
  }

  return {
    async *follow(options) {
      join();
      try {
        yield* follow(hub, options);
      } finally {
        leave();
      }
    },
    watch() {
      isKept = true;
      watch.start();
    },
    wake,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      wake();
      await watch.close();
      await beating;
    },
  };
}
