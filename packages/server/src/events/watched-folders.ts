import { statSync, watch, type BigIntStats, type FSWatcher } from "node:fs";

/** What changed in a folder so shortly before it was watched may have been missed, in ms. */
const FRESH_MS = 5_000;

/** Told that something happened in a folder; the name of what it was, where the system tells. */
export type OnEvent = (folder: string, name: string | null) => void;

/** The folders that the system watches for us. */
export interface WatchedFolders {
  /**
   * Watches these folders and no others. One that was made anew under its path is watched anew.
   * @returns why the system does not watch one of them; null where it watches all that are there
   */
  set(folders: readonly string[]): unknown;
}

interface Watched {
  readonly watcher: FSWatcher;
  readonly inode: bigint;
}

/**
 * Watches folders, each by itself: what happens in their subfolders is not told. One that was changed right
 * before it is watched counts as changed. It does not keep the process alive.
 */
export function createWatchedFolders(onEvent: OnEvent): WatchedFolders {
  const watched = new Map<string, Watched>();

  function drop(folder: string): void {
    watched.get(folder)?.watcher.close();
    watched.delete(folder);
  }

  function add(folder: string, { ino: inode, mtimeMs }: BigIntStats): void {
    const watcher = watch(folder, { persistent: false });
    watched.set(folder, { watcher, inode });
    if (Date.now() - Number(mtimeMs) < FRESH_MS) onEvent(folder, null);
    watcher.on("change", (_, name) => onEvent(folder, name === null ? null : String(name)));
    watcher.on("error", () => {
      if (watched.get(folder)?.watcher === watcher) drop(folder);
      onEvent(folder, null);
    });
  }

  return {
    set(folders) {
      const wanted = new Map(folders.map((folder) => [folder, statOf(folder)]));
      for (const [folder, { inode }] of watched) {
        if (wanted.get(folder)?.ino !== inode) drop(folder);
      }
      let problem: unknown = null;
      for (const [folder, stat] of wanted) {
        if (stat === null || watched.has(folder)) continue;
        try {
          add(folder, stat);
        } catch (error) {
          // It may have gone meanwhile.
          if (statOf(folder)?.ino === stat.ino) problem ??= error;
        }
      }
      return problem;
    },
  };
}

/** Null where there is no folder, or none that may be looked at. */
function statOf(folder: string): BigIntStats | null {
  try {
    const stat = statSync(folder, { bigint: true, throwIfNoEntry: false });
    return stat?.isDirectory() === true ? stat : null;
  } catch {
    return null;
  }
}
