import {
  artifactFolders,
  collectionPaths,
  isGitAtWork,
  MANIFEST_NAME,
  typeOfFolder,
  type Home,
} from "@skillmeat/core";
import { createReport, type WatchLog } from "./report.ts";
import { createWatchedFolders } from "./watched-folders.ts";

/** How long after an event is looked, in ms: a save is several events, and another may follow. */
const QUIET_MS = 100;

/** How long after a look is looked without any event, in ms. */
const ROUND_MS = 2_000;

/** The most folders that are watched; what changes in others is found by a refresh. */
const MAX_FOLDERS = 1_000;

/** Where the system watches no folders they are read: so seldom, in ms, and for this part of the time. */
const BLIND_MS = 30_000;
const BLIND_PART = 0.01;

/** A watch over the collections of a home. */
export interface Watch {
  start(): void;
  stop(): void;
  /** Stops, and waits until no look is under way. */
  close(): Promise<void>;
}

export interface WatchOptions {
  /** Told of what was found; nobody where there is none. */
  readonly log?: WatchLog | undefined;
  /** Called after each look. */
  readonly onLooked: () => void;
}

/**
 * Makes a watch over the manifests and folders of all collections. It is a hint and no more: it makes
 * this process look sooner than at the next call, and a look finds an own write to be ours. It looks every
 * two seconds anyway, so that no event needs to come, and waits while git is at work.
 */
export function createWatch(home: Home, { log, onLooked }: WatchOptions): Watch {
  const report = createReport(home, log);
  /** What is watched of each collection: its own folder, and those that hold artifacts. */
  const places = new Map<string, { readonly own: string; readonly below: readonly string[] }>();
  /** The collections whose folders are to be read. */
  const due = new Set<string>();
  let isRunning = false;
  /** When folders that are not watched are to be read. */
  let nextReading = Infinity;
  let timer: NodeJS.Timeout | undefined;
  let isSoon = false;
  let looking = Promise.resolve();

  const watched = createWatchedFolders((folder, name) => {
    if (isNews(folder, name)) lookSoon();
  });

  /** Whether something is to be looked at; the folders, where it is theirs. */
  function isNews(folder: string, name: string | null): boolean {
    // A collection that is being copied has a hidden name.
    if (folder === home.paths.collections) return name?.startsWith(".") !== true;
    for (const [collection, { own, below }] of places) {
      if (folder === own) {
        if (name === MANIFEST_NAME) return true;
        // What else lies beside the manifest is no concern of ours, our own temporary file among it.
        if (name !== null && typeOfFolder(name) === null) return false;
      }
      if (folder === own || below.includes(folder)) due.add(collection);
    }
    return true;
  }

  function schedule(pause: number): void {
    clearTimeout(timer);
    isSoon = pause === QUIET_MS;
    timer = setTimeout(() => {
      isSoon = false;
      looking = looking
        .then(look)
        .catch(report.failed)
        .finally(() => {
          if (isRunning && !isSoon) schedule(ROUND_MS);
        });
    }, pause).unref();
  }

  function lookSoon(): void {
    if (isRunning && !isSoon) schedule(QUIET_MS);
  }

  async function look(): Promise<void> {
    if (!isRunning) return;
    await report.begin();
    await home.sync.readyAll();
    const started = performance.now();
    const isReading = started >= nextReading;
    const rows = await home.read(({ db }) => db.selectFrom("collections").select("dir").execute());
    const names = new Set(rows.map(({ dir }) => dir));
    for (const dir of places.keys()) if (!names.has(dir)) places.delete(dir);
    for (const dir of names) await lookAt(dir, isReading);
    if (isReading) nextReading = pauseAfter(started);
    watchAll();
    await report.found();
    onLooked();
  }

  async function lookAt(dir: string, isReading: boolean): Promise<void> {
    const { folder } = collectionPaths(home.paths, dir);
    if (isGitAtWork(folder)) {
      lookSoon();
      return;
    }
    const isDue = due.delete(dir) || isReading;
    if (isDue) await home.sync.refresh(dir);
    if (isDue || places.get(dir)?.own !== folder) {
      places.set(dir, { own: folder, below: artifactFolders(folder, MAX_FOLDERS) });
    }
  }

  function watchAll(): void {
    if (!isRunning) return;
    const all = [...places.values()];
    const folders = [...all.map(({ own }) => own), ...all.flatMap(({ below }) => below)];
    const problem = watched.set([home.paths.collections, ...folders].slice(0, MAX_FOLDERS));
    if (problem === null) nextReading = Infinity;
    else if (nextReading === Infinity) {
      report.unwatched(problem);
      nextReading = performance.now() + BLIND_MS;
    }
  }

  function stop(): void {
    isRunning = false;
    clearTimeout(timer);
    watched.set([]);
  }

  return {
    start() {
      if (isRunning) return;
      isRunning = true;
      schedule(0);
    },
    stop,
    async close() {
      stop();
      await looking;
    },
  };
}

/** When to read folders again, that took since `started`. */
function pauseAfter(started: number): number {
  const now = performance.now();
  return now + Math.max(BLIND_MS, (now - started) / BLIND_PART);
}
