import { sql } from "kysely";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { homePaths } from "../paths.ts";
import { openAsItIs, type Cache, type CacheTransaction } from "./open.ts";

async function openCache(): Promise<Cache> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-together-"));
  const cache = await openAsItIs(homePaths(root));
  onTestFinished(async () => {
    await cache.close();
    rmSync(root, { recursive: true, force: true });
  });
  return cache;
}

const put = (key: string) => async (tx: CacheTransaction) => {
  await tx.insertInto("meta").values({ key, value: "" }).execute();
  return key;
};

async function keysIn(cache: Cache): Promise<string[]> {
  const rows = await cache.db.selectFrom("meta").select("key").orderBy("key").execute();
  return rows.map(({ key }) => key).filter((key) => key !== "epoch");
}

test("works that wait together are committed in their order, and each gets its own result", async () => {
  const cache = await openCache();
  const order: string[] = [];
  const works = Array.from({ length: 250 }, (_, index) => String(index));
  const results = await Promise.all(
    works.map((key) =>
      cache.commitTogether(async (tx) => {
        order.push(key);
        return put(key)(tx);
      }),
    ),
  );
  expect(results).toEqual(works);
  expect(order).toEqual(works);
  expect(await keysIn(cache)).toEqual(works.toSorted());
});

test("one that throws leaves nothing, and the others stand", async () => {
  const cache = await openCache();
  const results = await Promise.allSettled([
    cache.commitTogether(put("a")),
    cache.commitTogether(put("b")),
    cache.commitTogether(async (tx) => {
      await put("c")(tx);
      throw new Error("not c");
    }),
    cache.commitTogether(put("b")),
    cache.commitTogether(put("d")),
  ]);
  expect(results.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
    "rejected",
    "fulfilled",
  ]);
  expect(results[2]).toMatchObject({ reason: { message: "not c" } });
  expect(await keysIn(cache)).toEqual(["a", "b", "d"]);
});

test("where SQLite rolls back all, none is told that it is committed, and why is said", async () => {
  const cache = await openCache();
  await cache.commitTogether(put("before"));
  const results = await Promise.allSettled([
    cache.commitTogether(put("a")),
    cache.commitTogether(async (tx) => {
      await sql`rollback`.execute(tx);
      throw new Error("the disk is full");
    }),
    cache.commitTogether(put("b")),
  ]);
  for (const result of results) {
    expect(result).toMatchObject({ status: "rejected", reason: { message: "the disk is full" } });
  }
  expect(await keysIn(cache)).toEqual(["before"]);
  await cache.commitTogether(put("after"));
  expect(await keysIn(cache)).toEqual(["after", "before"]);
});
