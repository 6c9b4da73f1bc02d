import { lstatSync, statSync, type Stats } from "node:fs";

/** Takes note of what a scan asks the file system, and of the answers. */
export interface Witness {
  /**
   * @param path absolute
   * @param isFollowed whether a link at the path was followed
   * @param stat what was answered; undefined where nothing is there
   */
  note(path: string, isFollowed: boolean, stat: Stats | undefined): void;
  /** Something could not be looked at, so that what was noted does not tell all. */
  spoil(): void;
  /** @returns null where what was noted does not tell whether anything changes from now on */
  seal(): Evidence | null;
}

/** What a scan saw. */
export interface Evidence {
  /** Whether a scan would see the same now: it asks for the times of files and folders, and reads none. */
  isStillTrue(): boolean;
}

/**
 * A change made this long after another has other times, in ms, also on FAT, whose times are the coarsest. What was
 * changed later than that before a scan may be changed again without a trace, as in git's "racy" entries
 * (https://git-scm.com/docs/racy-git).
 */
const SETTLED = 2_000;

/** For each path what of its stat changes when a file's content does, or the names in a folder do. */
const WIDTH = 5;
const NONE = -1;

/** Makes the witness of a scan that begins now, or at a moment in ms. */
export function createWitness(began: number = Date.now()): Witness {
  const paths: string[] = [];
  const followed: boolean[] = [];
  const figures: number[] = [];
  let isSpoilt = false;
  return {
    note(path, isFollowed, stat) {
      paths.push(path);
      followed.push(isFollowed);
      if (stat === undefined) {
        figures.push(NONE, NONE, NONE, NONE, NONE);
        return;
      }
      const { dev, ino, size, mtimeMs, ctimeMs } = stat;
      figures.push(dev, ino, size, mtimeMs, ctimeMs);
      if (Math.max(mtimeMs, ctimeMs) > began - SETTLED) isSpoilt = true;
    },
    spoil: () => (isSpoilt = true),
    seal: () => (isSpoilt ? null : evidence(paths, followed, Float64Array.from(figures))),
  };
}

function evidence(
  paths: readonly string[],
  followed: readonly boolean[],
  figures: Float64Array,
): Evidence {
  function isSame(path: string, index: number): boolean {
    const ask = followed[index] === true ? statSync : lstatSync;
    const stat = ask(path, { throwIfNoEntry: false });
    // No loop: this is all that an unchanged collection costs.
    const at = index * WIDTH;
    if (stat === undefined) return figures[at] === NONE;
    return (
      stat.dev === figures[at] &&
      stat.ino === figures[at + 1] &&
      stat.size === figures[at + 2] &&
      stat.mtimeMs === figures[at + 3] &&
      stat.ctimeMs === figures[at + 4]
    );
  }
  return {
    isStillTrue() {
      try {
        return paths.every(isSame);
      } catch {
        return false;
      }
    },
  };
}
