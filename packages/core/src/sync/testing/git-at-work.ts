import { existsSync, mkdirSync, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { TestHome } from "./test-home.ts";

/** A git that works on a collection's folder, until whoever was about to write it gives up. */
export interface GitAtWork {
  begin(): void;
  /** The manifest's texts when that was. */
  readonly texts: readonly string[];
}

/** Makes a collection's folder one of git's. */
export function createGitAtWork(at: TestHome): GitAtWork {
  const lock = join(at.folder, ".git", "index.lock");
  mkdirSync(join(at.folder, ".git"));
  const texts: string[] = [];
  const watcher = watch(at.folder, (_, name) => {
    // The text that was to be swapped in is gone.
    if (name?.includes(".tmp-") !== true || existsSync(join(at.folder, name))) return;
    texts.push(at.read());
    rmSync(lock, { force: true });
  });
  onTestFinished(() => watcher.close());
  return { begin: () => writeFileSync(lock, ""), texts };
}
