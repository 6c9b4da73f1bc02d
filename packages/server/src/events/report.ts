import { endOfLog, readChangesBehind, type Home, type LogPlace } from "@skillmeat/core";

/** A log, as the server's. */
export interface WatchLog {
  info(record: object, message: string): void;
  warn(record: object, message: string): void;
}

/** How many changes are read at once. */
const BATCH = 100;

/** Tells a log what looks at the collections have found: one line each. */
export interface Report {
  /** Begins with what is found from now on, the first time. */
  begin(): Promise<void>;
  /** Tells what was found since the last call. */
  found(): Promise<void>;
  /** Tells that the system does not watch a folder; once. */
  unwatched(error: unknown): void;
  /** Tells that a look came to nothing; once, until one does not. */
  failed(error: unknown): void;
}

/** Makes the report of one home. */
export function createReport(home: Home, log: WatchLog | undefined): Report {
  let place: LogPlace | null = null;
  let lastFailure = "";
  let isUnwatched = false;
  const states = new Map<string, string>();

  async function tellChanges(to: WatchLog): Promise<void> {
    const from = place;
    const changes =
      from === null ? null : await home.read(({ db }) => readChangesBehind(db, from, BATCH));
    if (from === null || changes === null) {
      place = await home.read(({ db }) => endOfLog(db));
      return;
    }
    for (const { id, collection, origin, summary } of changes) {
      place = { epoch: from.epoch, id };
      if (origin === "file") to.info({ collection, change: id, summary }, "external edit");
    }
  }

  async function tellStates(to: WatchLog): Promise<void> {
    const rows = await home.read(({ db }) =>
      db.selectFrom("collections").select(["dir", "seen_state", "seen_reason"]).execute(),
    );
    for (const { dir: collection, seen_state: state, seen_reason: reason } of rows) {
      const now = `${state}: ${reason}`;
      const before = states.get(collection);
      states.set(collection, now);
      if (state === "clean" && before !== undefined && before !== now) {
        to.info({ collection, state }, "manifest");
      } else if (state !== "clean" && state !== null && before !== now) {
        to.warn({ collection, state, reason }, "manifest");
      }
    }
  }

  return {
    async begin() {
      if (log !== undefined) place ??= await home.read(({ db }) => endOfLog(db));
    },
    async found() {
      lastFailure = "";
      if (log === undefined) return;
      await tellChanges(log);
      await tellStates(log);
    },
    unwatched(error) {
      if (isUnwatched) return;
      isUnwatched = true;
      log?.warn({ err: error }, "folders cannot be watched; they are read now and then");
    },
    failed(error) {
      const failure = String(error);
      if (failure !== lastFailure) log?.warn({ err: error }, "a look at the collections failed");
      lastFailure = failure;
    },
  };
}
