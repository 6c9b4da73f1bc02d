import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished } from "vitest";
import { cliBundle, cliEnv } from "../support/cli.ts";
import type { TestHome } from "../support/home.ts";
import type { ServerProcess } from "../support/serve.ts";
import { killServer } from "../support/through-server.ts";

/**
 * Starts a command and does not wait for its end.
 * @returns ends it as a crash would, and the server that it goes through, where it does: nothing is
 * finished. Resolves once they are gone
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
    await Promise.all([gone, killServer(home.root)]);
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

/**
 * Has a server mutate `default` until one of its writes is caught where the new text lies beside the
 * manifest and is not yet swapped in, and stops the server there.
 * @param mutate sends one mutation
 * @returns lets it go on, and gives the reply of the mutation that it was stopped in
 */
export async function stopAmidstWrite<Reply>(
  home: TestHome,
  { pid }: ServerProcess,
  mutate: () => Promise<Reply>,
): Promise<() => Promise<Reply>> {
  for (;;) {
    const sent = { replied: false };
    const reply = mutate().finally(() => (sent.replied = true));
    // A server that is killed where it was stopped sends none.
    reply.catch(() => {});
    for (; !sent.replied; await turn()) {
      if (!hasNewText(home)) continue;
      process.kill(pid, "SIGSTOP");
      const caught = canCommit(home) && hasNewText(home);
      const goOn = () => {
        process.kill(pid, "SIGCONT");
        return reply;
      };
      if (caught) return goOn;
      await goOn();
    }
  }
}

function hasNewText(home: TestHome): boolean {
  return readdirSync(home.path("collections", "default")).length > 1;
}

/** Whether the cache can be written now: a process that was stopped amidst a commit keeps all others from it. */
function canCommit(home: TestHome): boolean {
  const cache = new DatabaseSync(home.path("cache", "cache.db"), { timeout: 0 });
  try {
    cache.exec("begin immediate; rollback");
    return true;
  } catch {
    return false;
  } finally {
    cache.close();
  }
}
