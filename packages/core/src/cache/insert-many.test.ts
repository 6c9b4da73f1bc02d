import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { homePaths } from "../paths.ts";
import { insertMany } from "./insert-many.ts";
import { openAsItIs, type Cache } from "./open.ts";

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
