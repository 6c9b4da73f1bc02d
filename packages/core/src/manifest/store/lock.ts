import Database from "better-sqlite3";
import { lstatSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { systemCode } from "../../errors.ts";

/** A lock that is held; it dies with its process. */
export interface Lock {
  release(): void;
}

/** Takes locks and keeps their files open, which costs more than to take one. */
export interface Locks {
  /** As {@link takeLock}. */
  take(file: string, patience: number): Promise<Lock | null>;
  /** Closes the files of locks that are not held; one that is taken later is opened anew. */
  close(): void;
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
  const opened = openLock(file);
  const isTaken = await begin(opened, patience);
  if (isTaken) return { release: () => opened.database.close() };
  opened.database.close();
  return null;
}

/** Makes the locks of one part of a process. */
export function createLocks(): Locks {
  const idle = new Map<string, OpenLock>();

  function release(file: string, lock: OpenLock): void {
    // A commit would write the first page of the database, which a power loss could leave half there.
    lock.database.exec("rollback");
    if (idle.has(file)) lock.database.close();
    else idle.set(file, lock);
  }

  return {
    async take(file, patience) {
      const kept = idle.get(file);
      idle.delete(file);
      // The lock of a file that was deleted or replaced keeps nobody out.
      const isStill = kept !== undefined && idOf(file) === kept.id;
      if (!isStill) kept?.database.close();
      const lock = isStill ? kept : openLock(file);
      if (await begin(lock, patience)) return { release: () => release(file, lock) };
      lock.database.close();
      return null;
    },
    close() {
      for (const { database } of idle.values()) database.close();
      idle.clear();
    },
  };
}

/** A lock's file that is open. */
interface OpenLock {
  readonly database: Database.Database;
  /** Tells the file from another one at its path. */
  readonly id: string;
}

function openLock(file: string): OpenLock {
  mkdirSync(dirname(file), { recursive: true });
  return { database: new Database(file, { timeout: 0 }), id: idOf(file) };
}

function idOf(file: string): string {
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.dev}:${stat.ino}`;
}

/** @returns whether the lock was had in time; where it throws, the file is closed */
async function begin({ database }: OpenLock, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  try {
    for (;;) {
      if (tryBegin(database)) return true;
      if (performance.now() >= deadline) return false;
      await pause(1 + Math.random() * 10);
    }
  } catch (error) {
    database.close();
    throw error;
  }
}

function tryBegin(database: Database.Database): boolean {
  try {
    beginExclusive(database);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code.startsWith("SQLITE_BUSY")) return false;
    if (code !== "SQLITE_NOTADB" || !isAllZeros(database.name)) throw error;
  }
  // What a power loss left of one that was written into. Nobody can have a lock of it; and it has to stay the same
  // file, since others may be opening it.
  truncateSync(database.name);
  beginExclusive(database);
  return true;
}

function isAllZeros(file: string): boolean {
  return readFileSync(file).every((byte) => byte === 0);
}

function beginExclusive(database: Database.Database): void {
  // With a journal on disk, each lock of an empty database makes, writes and removes a file.
  database.exec("pragma journal_mode = memory; begin exclusive");
}
