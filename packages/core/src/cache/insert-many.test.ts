import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { homePaths } from "../paths.ts";
import { insertMany } from "./insert-many.ts";
import { openAsItIs, type Cache, type CacheDb } from "./open.ts";

async function openCache(): Promise<Cache> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-insert-"));
  const cache = await openAsItIs(homePaths(root));
  onTestFinished(async () => {
    await cache.close();
    rmSync(root, { recursive: true, force: true });
  });
  return cache;
}

test.each([0, 1, 9, 10, 11, 99, 100, 101, 234])("of %d rows each is there once", async (count) => {
  const { db, transaction } = await openCache();
  const rows = Array.from({ length: count }, (_, at) => ({ key: `key ${at}`, value: `${at}` }));
  await transaction((tx) => insertMany(tx, "meta", rows));
  const stored = await db.selectFrom("meta").selectAll().where("key", "!=", "epoch").execute();
  expect(new Map(stored.map(({ key, value }) => [key, value]))).toEqual(
    new Map(rows.map(({ key, value }) => [key, value])),
  );
  expect(stored).toHaveLength(count);
});

test("a value goes by its column, whatever the order in which a row has them", async () => {
  const { db, transaction } = await openCache();
  const rows = [
    { key: "a", value: "1" },
    { value: "2", key: "b" },
  ];
  await transaction((tx) => insertMany(tx, "meta", rows));
  const stored = await db.selectFrom("meta").selectAll().where("key", "!=", "epoch").execute();
  expect(stored).toEqual([
    { key: "a", value: "1" },
    { key: "b", value: "2" },
  ]);
});

test("of rows of which one cannot be there none is", async () => {
  const { db, transaction } = await openCache();
  const rows = [...Array(150).keys(), 7].map((at) => ({ key: `key ${at}`, value: "" }));
  await expect(transaction((tx) => insertMany(tx, "meta", rows))).rejects.toThrow("UNIQUE");
  const stored = await db.selectFrom("meta").select("key").execute();
  expect(stored).toEqual([{ key: "epoch" }]);
});

test("a row whose key is there goes for the new one, where that is asked for", async () => {
  const { db, transaction } = await openCache();
  await transaction((tx) => insertMany(tx, "meta", [{ key: "a", value: "1" }]));
  const rows = [
    { key: "a", value: "2" },
    { key: "b", value: "3" },
  ];
  await transaction((tx) => insertMany(tx, "meta", rows, "replace"));
  const stored = await db.selectFrom("meta").selectAll().where("key", "!=", "epoch").execute();
  expect(stored).toEqual(rows);
});

test("the indexes of a table that many rows came into are the same, and hold each of them", async () => {
  const { db, transaction } = await openCache();
  const before = await readSchema(db);
  await transaction((tx) => insertMany(tx, "changes", changes(1_234)));
  expect(await readSchema(db)).toEqual(before);
  // It holds each index against the rows of its table.
  const { rows } = await sql`pragma integrity_check`.execute(db);
  expect(rows).toEqual([{ integrity_check: "ok" }]);
  await transaction((tx) => insertMany(tx, "changes", changes(1_000, 5_000)));
  expect(await countChanges(db)).toBe(2_234);
  expect(await readSchema(db)).toEqual(before);
});

test("the indexes stay as they were where one of many rows cannot be there", async () => {
  const { db, transaction } = await openCache();
  const before = await readSchema(db);
  const rows = [...changes(1_234), ...changes(1)];
  await expect(transaction((tx) => insertMany(tx, "changes", rows))).rejects.toThrow("UNIQUE");
  expect(await readSchema(db)).toEqual(before);
  expect(await countChanges(db)).toBe(0);
});

test("what another connection asked before many rows came it can ask again", async () => {
  const { paths, transaction } = await openCache();
  const other = await openAsItIs(paths);
  onTestFinished(() => other.close());
  expect(await countChanges(other.db)).toBe(0);
  await transaction(async (tx) => {
    await insertMany(tx, "changes", changes(1_234));
    expect(await countChanges(other.db)).toBe(0);
  });
  expect(await countChanges(other.db)).toBe(1_234);
});

/** Changes of one collection, whose table has an index beside its key. */
function changes(count: number, from = 1) {
  return Array.from({ length: count }, (_, at) => ({
    id: from + at,
    dir: "default",
    at: "2026-01-01T00:00:00.000Z",
    origin: "call" as const,
    action: "groups.create",
    summary: `Number ${at}`,
    touched: "[]",
  }));
}

async function countChanges(db: CacheDb): Promise<number> {
  const { count } = await db
    .selectFrom("changes")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("dir", "=", "default")
    .executeTakeFirstOrThrow();
  return count;
}

async function readSchema(db: CacheDb): Promise<unknown[]> {
  const { rows } =
    await sql`select type, name, tbl_name, sql from sqlite_schema order by name`.execute(db);
  return rows;
}
