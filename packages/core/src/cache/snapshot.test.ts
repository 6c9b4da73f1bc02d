import { sql } from "kysely";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { homePaths } from "../paths.ts";
import { openAsItIs, type Cache, type CacheDb } from "./open.ts";
import { readSnapshot } from "./snapshot.ts";

async function openCache(): Promise<Cache> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-snapshot-"));
  const cache = await openAsItIs(homePaths(root));
  onTestFinished(async () => {
    await cache.close();
    rmSync(root, { recursive: true, force: true });
  });
  return cache;
}

const readKeys = (db: CacheDb) => db.selectFrom("meta").select("key").execute();

test("a snapshot that SQLite rolls back by itself says why, and not that there is nothing to roll back", async () => {
  const cache = await openCache();
  const broken = readSnapshot(cache, async (db) => {
    await sql`rollback`.execute(db);
    throw new Error("the file is broken");
  });
  await expect(broken).rejects.toThrow("the file is broken");
  expect(await readSnapshot(cache, readKeys)).toEqual([{ key: "epoch" }]);
});

test("after a snapshot that failed the next one sees what came since", async () => {
  const cache = await openCache();
  const failed = readSnapshot(cache, async (db) => {
    await readKeys(db);
    throw new Error("no such thing");
  });
  await expect(failed).rejects.toThrow("no such thing");
  await cache.db.insertInto("meta").values({ key: "new", value: "" }).execute();
  expect(await readSnapshot(cache, readKeys)).toHaveLength(2);
});
