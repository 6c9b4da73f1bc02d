import Database from "better-sqlite3";
import { Kysely, sql, type Transaction } from "kysely";
import { randomUUID } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import { messageOf, SkillmeatError, systemCode } from "../errors.ts";
import type { HomePaths } from "../paths.ts";
import { BUSY_TIMEOUT, ImmediateSqliteDialect } from "./dialect.ts";
import { migrations } from "./migrations.ts";
import type { Tables } from "./tables.ts";

/** Marks a database as ours in its header: "SkMt" (https://sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x536b4d74;

export type CacheDb = Kysely<Tables>;
export type CacheTransaction = Transaction<Tables>;

/** The query cache of a home: SQLite, disposable at any moment. */
export interface Cache {
  readonly paths: HomePaths;
  readonly db: CacheDb;
  /** Names this cache itself, so that revisions of two caches are never compared. */
  readonly epoch: string;
  /**
   * Runs one transaction with the write lock held from its start, fsynced when it commits.
   * @param work gets the transaction; what it throws rolls everything back
   */
  transaction<T>(work: (tx: CacheTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens the cache of a home, creates it where it is missing, and brings its tables up to date.
 * @throws SkillmeatError `foreign-cache` where another program made the file, or a newer SkillMeat did
 */
export async function openCache(paths: HomePaths): Promise<Cache> {
  mkdirSync(paths.cacheDir, { recursive: true });
  const database = openDatabase(paths.cacheFile);
  try {
    refuseForeign(database, paths.cacheFile);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    const db: CacheDb = new Kysely<Tables>({ dialect: new ImmediateSqliteDialect(database) });
    await migrate(database, db, paths.cacheFile);
    const epoch = await readEpoch(db);
    return {
      paths,
      db,
      epoch,
      transaction: (work) => db.transaction().execute(work),
      close: () => db.destroy(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function openDatabase(file: string): Database.Database {
  try {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isFile()) {
      throw foreign(file, "it is not a regular file");
    }
    return new Database(file, { timeout: BUSY_TIMEOUT });
  } catch (error) {
    if (error instanceof SkillmeatError) throw error;
    throw new SkillmeatError(
      "internal",
      `The cache ${file} cannot be opened: ${messageOf(error)}`,
      "Check the permissions of its folder, or name another home with --home",
      { cause: error },
    );
  }
}

function foreign(file: string, why: string): SkillmeatError {
  return new SkillmeatError(
    "foreign-cache",
    `${file} was not made by SkillMeat: ${why}. It is left untouched`,
    "Move it away, or name another home with --home DIR or SKILLMEAT_HOME",
  );
}

function refuseForeign(database: Database.Database, file: string): void {
  let id: unknown;
  let tables: unknown;
  try {
    id = database.pragma("application_id", { simple: true });
    tables = database.prepare("select count(*) from sqlite_schema").pluck().get();
  } catch (error) {
    if (systemCode(error) === "SQLITE_NOTADB") throw foreign(file, "it is not a SQLite database");
    throw error;
  }
  if (id !== APPLICATION_ID && tables !== 0) {
    throw foreign(file, "it is a database of another program");
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
    for (const migration of migrations.slice(version())) await migration(tx);
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
