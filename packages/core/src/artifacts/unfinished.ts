import { randomUUID } from "node:crypto";
import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const UNFINISHED = /^\.new-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A copy that is touched no more for this long is nobody's any more, in ms. */
const ABANDONED = 60 * 60 * 1_000;

/** A hidden name for what is being copied, until it is whole and gets its own. */
export function unfinishedName(): string {
  return `.new-${randomUUID()}`;
}

/**
 * Removes from a folder the copies that were begun under such a name and abandoned an hour ago or more;
 * what cannot be removed stays, for it is in nobody's way.
 */
export function removeUnfinished(folder: string, now: number = Date.now()): void {
  try {
    for (const name of readdirSync(folder).filter((entry) => UNFINISHED.test(entry))) {
      const path = join(folder, name);
      const { mtimeMs, ctimeMs } = lstatSync(path);
      if (now - Math.max(mtimeMs, ctimeMs) < ABANDONED) continue;
      rmSync(path, { recursive: true, force: true });
    }
  } catch {
    return;
  }
}
