import Database from "better-sqlite3";
import { Kysely, sql, type Transaction } from "kysely";
import { randomUUID } from "node:crypto";
import { existsSync, lstatSync, mkdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { SkillmeatError, systemCode } from "../errors.ts";
import { cacheLockFile, type HomePaths } from "../paths.ts";
import { createCommitTogether, type Transact } from "./commit-together.ts";
import { ImmediateSqliteDialect } from "./dialect.ts";
import { migrations } from "./migrations.ts";
import type { Tables } from "./tables.ts";
import { areSame, cacheFiles } from "./files.ts";
import { cacheReplaced, explainCacheError } from "./unusable.ts";

/** Marks a database as ours in its header: "SkMt" (https://sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x536b4d74;

/** How long is waited for other processes that are opening the file, in ms. */
const OPENING_PATIENCE = 5_000;

export type CacheDb = Kysely<Tables>;
export type CacheTransaction = Transaction<Tables>;

/** The query cache of a home: SQLite, disposable at any moment. */
export interface Cache {
  readonly paths: HomePaths;
  readonly db: CacheDb;
  /** Names this cache itself, so that revisions of two caches are never compared. */
  readonly epoch: string;
  /** Names the database's file, as `cacheFiles` does. */
  readonly fileId: string;
  /** Whether the files at the cache's paths are still the ones that it has open. */
  isCurrent(): boolean;
  /**
   * Runs one transaction with the write lock held from its start, fsynced when it commits.
   * @param work gets the transaction; what it throws rolls everything back
   * @throws SkillmeatError `cache-unusable` where the cache is not the current one any more; see
   *   `isCacheLost`
   */
  transaction<T>(work: (tx: CacheTransaction) => Promise<T>): Promise<T>;
  /** As `transaction`; those that come while one is being committed share the next commit. */
  readonly commitTogether: Transact;
  /**
   * As `transaction`, for what says only how far the write-through is: it survives the end of the process,
   * but not of the system, until a transaction comes behind it.
   */
  note<T>(work: (tx: CacheTransaction) => Promise<T>): Promise<T>;
  /** Told of each change that is logged by what uses this handle, once it is committed; see `tellChanges`. */
  readonly onChange?: ((id: number) => void) | undefined;
  close(): Promise<void>;
}

/**
 * Opens the cache of a home as it lies there, makes it where it is missing, and brings its tables up to
 * date.
 * @throws SkillmeatError `foreign-cache` where another program made the file, or a newer SkillMeat did;
 * `cache-unusable` where its disk is full, read-only or broken, or the file is, or was exchanged just now
 */
export async function openAsItIs(paths: HomePaths): Promise<Cache> {
  const before = cacheFiles(paths);
  const cache = await openOnce(paths, before.db !== null);
  const isSame = before.db === null ? cache.fileId !== "" : before.db.id === cache.fileId;
  if (isSame) return cache;
  await cache.close();
  throw cacheReplaced(paths.cacheFile);
}

async function openOnce(paths: HomePaths, mustExist: boolean): Promise<Cache> {
  const { cacheFile } = paths;
  const database = openDatabase(paths, mustExist);
  try {
    refuseForeign(database, paths);
    await useWal(database);
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    database.pragma("temp_store = MEMORY");
    // From here on the dialect waits.
    database.pragma("busy_timeout = 0");
    const db: CacheDb = new Kysely<Tables>({ dialect: new ImmediateSqliteDialect(database) });
    await migrate(database, db, cacheFile);
    const epoch = await readEpoch(db);
    const opened = cacheFiles(paths);
    const isCurrent = () => {
      try {
        return areSame(opened, cacheFiles(paths));
      } catch {
        // Where the folder cannot be looked into any more, what is open still works.
        return true;
      }
    };
    const requireCurrent = () => {
      if (!isCurrent()) throw cacheReplaced(cacheFile);
    };
    const fsyncNoCommits = database.prepare("pragma synchronous = normal");
    const fsyncCommits = database.prepare("pragma synchronous = full");
    const transact = <T>(own: CacheDb, work: (tx: CacheTransaction) => Promise<T>) =>
      own.transaction().execute(async (tx) => {
        try {
          return await work(tx);
        } finally {
          // Also where the work failed: what is not there any more fails in many ways.
          requireCurrent();
        }
      });
    const transaction: Transact = (work) => transact(db, work);
    return {
      paths,
      db,
      epoch,
      fileId: opened.db?.id ?? "",
      isCurrent,
      transaction,
      commitTogether: createCommitTogether(transaction),
      note: (work) =>
        db.connection().execute(async (own) => {
          fsyncNoCommits.run();
          try {
            return await transact(own, work);
          } finally {
            fsyncCommits.run();
          }
        }),
      close: () => db.destroy(),
    };
  } catch (error) {
    database.close();
    throw explainCacheError(error, cacheFile);
  }
}

function openDatabase(
  { cacheDir, cacheFile: file }: HomePaths,
  fileMustExist: boolean,
): Database.Database {
  try {
    mkdirSync(cacheDir, { recursive: true });
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isFile()) {
      throw foreign(file, "it is not a regular file");
    }
    return new Database(file, { timeout: OPENING_PATIENCE, fileMustExist });
  } catch (error) {
    if (error instanceof SkillmeatError) throw error;
    if (fileMustExist && !existsSync(file)) throw cacheReplaced(file);
    throw explainCacheError(error, file);
  }
}

function foreign(file: string, why: string): SkillmeatError {
  return new SkillmeatError(
    "foreign-cache",
    `${file} was not made by SkillMeat: ${why}. It is left untouched`,
    "Move it away, or name another home with --home DIR or SKILLMEAT_HOME",
  );
}

/** Reads both marks in one snapshot: another process may be making the tables right now. */
function refuseForeign(database: Database.Database, { cacheFile, locks }: HomePaths): void {
  const read = database.transaction(() => ({
    id: database.pragma("application_id", { simple: true }),
    tables: database.prepare("select count(*) from sqlite_schema").pluck().get(),
  }));
  const { id, tables } = readOrRefuse(read, cacheFile, existsSync(cacheLockFile(locks)));
  if (id !== APPLICATION_ID && tables !== 0) {
    throw foreign(cacheFile, "it is a database of another program");
  }
}

/** What is no database is taken for a broken cache only in a home that had one. */
function readOrRefuse<T>(read: () => T, file: string, hadCache: boolean): T {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) !== "SQLITE_NOTADB" || hadCache) throw error;
    throw foreign(file, "it is not a SQLite database");
  }
}

/** Of processes that switch a new file to WAL at once, SQLite lets all but one fail without waiting. */
async function useWal(database: Database.Database): Promise<void> {
  const deadline = performance.now() + OPENING_PATIENCE;
  for (;;) {
    try {
      database.pragma("journal_mode = WAL");
      return;
    } catch (error) {
      const isBusy = systemCode(error).startsWith("SQLITE_BUSY");
      if (!isBusy || performance.now() >= deadline) throw error;
    }
    await pause(1 + Math.random() * 5);
  }
}

/**
 * Runs the migrations that the file has not seen, once: all in one transaction that also stamps the
 * file as ours, so that another process sees either nothing or the whole.
 */
async function migrate(database: Database.Database, db: CacheDb, file: string): Promise<void> {
  const known = migrations.length;
  const version = () => Number(database.pragma("user_version", { simple: true }));
  if (version() > known) {
    throw new SkillmeatError(
      "foreign-cache",
      `${file} was made by a newer SkillMeat (tables ${version()}, this one knows ${known})`,
      "Upgrade SkillMeat, or delete the cache folder: a refresh rebuilds it from the manifests",
    );
  }
  if (version() === known) return;
  await db.transaction().execute(async (tx) => {
    const seen = version();
    if (seen >= known) return; // Another process was first.
    for (const migration of migrations.slice(seen)) await migration(tx);
    await renewEpoch(tx);
    await sql.raw(`pragma application_id = ${APPLICATION_ID}`).execute(tx);
    await sql.raw(`pragma user_version = ${known}`).execute(tx);
  });
}

/** Gives the cache a new name: what was read of it before says nothing of it now. */
export async function renewEpoch(tx: CacheTransaction): Promise<void> {
  await tx.deleteFrom("meta").where("key", "=", "epoch").execute();
  await tx.insertInto("meta").values({ key: "epoch", value: randomUUID() }).execute();
}

async function readEpoch(db: CacheDb): Promise<string> {
  const row = await db
    .selectFrom("meta")
    .select("value")
    .where("key", "=", "epoch")
    .executeTakeFirstOrThrow();
  return row.value;
}
