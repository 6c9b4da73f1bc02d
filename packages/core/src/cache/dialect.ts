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

/** How long a statement waits for a lock, and a transaction for the write lock, in ms. */
const STATEMENT_PATIENCE = 5_000;
const LOCK_PATIENCE = 10_000;

/**
 * Begins each transaction with the write lock. A deferred one that reads first and then writes fails
 * with SQLITE_BUSY when another process wrote in between, however long it would have waited.
 *
 * Locks are waited for in JavaScript: SQLite's own wait would block the event loop, and with it
 * the holder, where that is another connection of this process. So the database has to be opened with no
 * timeout of its own, or be set to none.
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
          return await waitingForLocks(query.sql, () => connection.executeQuery<R>(query));
        } catch (error) {
          throw explainCacheError(error, file);
        }
      },
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await connection.executeQuery(BEGIN);
    } catch (error) {
      throw isBusy(error) ? cacheBusy(this.#file, LOCK_PATIENCE) : error;
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

const BEGIN = CompiledQuery.raw("begin immediate");

/** Runs a statement anew until nobody else has the lock that it needs, for as long as it may wait. */
async function waitingForLocks<T>(statement: string, run: () => Promise<T>): Promise<T> {
  const patience = statement === BEGIN.sql ? LOCK_PATIENCE : STATEMENT_PATIENCE;
  const started = performance.now();
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!isBusy(error) || performance.now() - started >= patience) throw error;
    }
    await pause(1 + Math.random() * 5);
  }
}

function isBusy(error: unknown): boolean {
  return systemCode(error).startsWith("SQLITE_BUSY");
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
