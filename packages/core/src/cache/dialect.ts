import type { Database, Statement } from "better-sqlite3";
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDatabase,
  type QueryResult,
} from "kysely";
import { setTimeout as pause } from "node:timers/promises";
import { systemCode } from "../errors.ts";
import { cacheBusy, explainCacheError } from "./unusable.ts";

/** How long a statement waits, and a transaction for the write lock, in ms. */
export const BUSY_TIMEOUT = 5_000;
const LOCK_PATIENCE = 10_000;

/**
 * Begins each transaction with the write lock. A deferred one that reads first and then writes fails
 * with SQLITE_BUSY when another process wrote in between, however long it would have waited.
 *
 * The lock is waited for in JavaScript: SQLite's own wait would block the event loop, and with it
 * the holder, where that is another connection of this process.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database;
  readonly #file: string;

  constructor(database: Database) {
    super({ database: withPrepared(database) });
    this.#database = database;
    this.#file = database.name;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    const file = this.#file;
    return {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        try {
          return await connection.executeQuery<R>(query);
        } catch (error) {
          throw explainCacheError(error, file);
        }
      },
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const deadline = performance.now() + LOCK_PATIENCE;
    while (!(await tryBegin(connection))) {
      if (performance.now() >= deadline) throw cacheBusy(this.#file, LOCK_PATIENCE);
      await pause(1 + Math.random() * 5);
    }
  }

  /** Where its disk is full or fails, SQLite has rolled back by itself; that error is the one to tell of. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** So many statements are kept: more than the program has, but for lists of every length. */
const KEPT = 500;

/** Keeps statements that were prepared: to prepare one costs more than to run it. */
function withPrepared(database: Database): SqliteDatabase {
  const kept = new Map<string, Statement>();
  return {
    prepare(text) {
      const statement = kept.get(text) ?? database.prepare(text);
      // The one that was used longest ago is the first.
      kept.delete(text);
      kept.set(text, statement);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
    close: () => database.close(),
  };
}

async function tryBegin(connection: DatabaseConnection): Promise<boolean> {
  await connection.executeQuery(CompiledQuery.raw("pragma busy_timeout = 0"));
  try {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
    return true;
  } catch (error) {
    if (!systemCode(error).startsWith("SQLITE_BUSY")) throw error;
    return false;
  } finally {
    await connection.executeQuery(CompiledQuery.raw(`pragma busy_timeout = ${BUSY_TIMEOUT}`));
  }
}

/** Kysely's SQLite dialect with transactions that take the write lock at once. */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: Database;

  constructor(database: Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database);
  }
}
