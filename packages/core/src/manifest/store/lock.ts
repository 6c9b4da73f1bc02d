import Database from "better-sqlite3";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { systemCode } from "../../errors.ts";

/** A lock that is held; it dies with its process. */
export interface Lock {
  release(): void;
}

/**
 * Takes a lock that one process, and one holder in it, can have at a time. SQLite's own file locks
 * are used (https://sqlite.org/lockingv3.html): the system frees them at once when a holder dies,
 * and nothing goes by the age of a file.
 * @param file a file of its own for the lock; made where it is missing
 * @param patience how long to wait, in ms
 * @returns null where it could not be had in time
 */
export async function takeLock(file: string, patience: number): Promise<Lock | null> {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: 0 });
  const deadline = performance.now() + patience;
  try {
    for (;;) {
      if (tryBegin(database)) return { release: () => database.close() };
      if (performance.now() >= deadline) break;
      await pause(1 + Math.random() * 10);
    }
  } catch (error) {
    database.close();
    throw error;
  }
  database.close();
  return null;
}

function tryBegin(database: Database.Database): boolean {
  try {
    // With a journal on disk, each lock of an empty database makes, writes and removes a file.
    database.exec("pragma journal_mode = memory; begin exclusive");
    return true;
  } catch (error) {
    if (systemCode(error).startsWith("SQLITE_BUSY")) return false;
    throw error;
  }
}
