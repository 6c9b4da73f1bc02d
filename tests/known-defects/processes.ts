import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished } from "vitest";
import { cliBundle, cliEnv } from "../support/cli.ts";
import type { TestHome } from "../support/home.ts";

/**
 * Starts a command and does not wait for its end.
 * @returns ends it as a crash would: it finishes nothing. Resolves once it is gone
 */
export function startCommand(home: TestHome, args: readonly string[]): () => Promise<void> {
  const child = spawn(process.execPath, [cliBundle, ...args], {
    cwd: home.root,
    env: cliEnv(home),
    stdio: "ignore",
  });
  const gone = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  onTestFinished(kill);
  return kill;
}

/**
 * Keeps every process from writing the manifest of `default`, as a writer at work does; commits to
 * the cache go on.
 * @returns lets them write again
 */
export function holdWriters(home: TestHome): () => void {
  const file = home.path("locks", "default.lock");
  mkdirSync(dirname(file), { recursive: true });
  const lock = new DatabaseSync(file);
  lock.exec("begin exclusive");
  return () => lock.close();
}

/** Waits until the cache holds a mutation that no manifest does. */
export async function waitForCommit(home: TestHome): Promise<void> {
  const cache = new DatabaseSync(home.path("cache", "cache.db"), { readOnly: true });
  const unsaved = cache.prepare("select sum(dirty_rev - written_rev) as unsaved from collections");
  await expect.poll(() => unsaved.get()?.["unsaved"], { interval: 1, timeout: 30_000 }).toBe(1);
  cache.close();
}
