import { CompiledQuery } from "kysely";
import { setImmediate as turn } from "node:timers/promises";
import type { CacheTransaction } from "./open.ts";

/** Runs work in a transaction, as `Cache.transaction` does. */
export type Transact = <T>(work: (tx: CacheTransaction) => Promise<T>) => Promise<T>;

/** The most works that one transaction takes: others wait for the write lock meanwhile. */
const MOST = 100;

const SAVEPOINT = CompiledQuery.raw("savepoint work");
const RELEASE = CompiledQuery.raw("release work");
const ROLLBACK = CompiledQuery.raw("rollback to work");

/** A work that waits for its turn. */
interface Waiting {
  /** Does the work. @returns what tells its caller of the result, once that is committed */
  readonly run: (tx: CacheTransaction) => Promise<() => void>;
  readonly fail: (error: unknown) => void;
}

/**
 * Lets works that come while others are being committed share one transaction, and so one fsync: group commit.
 * One that throws takes nothing with it but what it did itself.
 * @returns as `transact`: what it returns resolves when the work is committed
 */
export function createCommitTogether(transact: Transact): Transact {
  const waiting: Waiting[] = [];
  let isRunning = false;

  async function runAll(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      // A commit blocks this thread, so that calls which have arrived get to their works first.
      await turn();
      await commit(transact, waiting.splice(0, MOST));
    }
    isRunning = false;
  }

  return <T>(work: (tx: CacheTransaction) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      const run = async (tx: CacheTransaction) => {
        const result = await work(tx);
        return () => resolve(result);
      };
      waiting.push({ run, fail: reject });
      if (!isRunning) void runAll();
    });
}

/** Commits works and tells their callers; where the commit fails, all of them failed. */
async function commit(transact: Transact, works: readonly Waiting[]): Promise<void> {
  try {
    const tell = await transact(async (tx) => {
      const results: (() => void)[] = [];
      for (const work of works) {
        results.push(works.length === 1 ? await work.run(tx) : await runApart(tx, work));
      }
      return results;
    });
    for (const each of tell) each();
  } catch (error) {
    for (const { fail } of works) fail(error);
  }
}

async function runApart(tx: CacheTransaction, { run, fail }: Waiting): Promise<() => void> {
  await tx.executeQuery(SAVEPOINT);
  try {
    const tell = await run(tx);
    await tx.executeQuery(RELEASE);
    return tell;
  } catch (error) {
    await undo(tx, error);
    return () => fail(error);
  }
}

/** @throws why the work failed, where SQLite has rolled back the whole transaction by itself */
async function undo(tx: CacheTransaction, error: unknown): Promise<void> {
  try {
    await tx.executeQuery(ROLLBACK);
    await tx.executeQuery(RELEASE);
  } catch {
    throw error;
  }
}
