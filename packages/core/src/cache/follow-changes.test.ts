import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { homePaths } from "../paths.ts";
import { recordChange } from "./changes.ts";
import { endOfLog, readChangesBehind, readPulse } from "./follow-changes.ts";
import { openAsItIs, renewEpoch, type Cache } from "./open.ts";

/** A new cache, and another connection to it. */
async function openTwice(): Promise<[Cache, Cache]> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-follow-"));
  const caches = [await openAsItIs(homePaths(root)), await openAsItIs(homePaths(root))] as const;
  onTestFinished(async () => {
    for (const cache of caches) await cache.close();
    rmSync(root, { recursive: true });
  });
  return [...caches];
}

function log(cache: Cache, summary: string, dir = "default"): Promise<number> {
  const touched = [{ kind: "group", id: "1", name: summary, change: "added" }] as const;
  return cache.transaction((tx) =>
    recordChange(tx, {
      dir,
      origin: "call",
      action: "groups.create",
      summary,
      touched,
      images: null,
      undoes: null,
    }),
  );
}

test("what is logged behind a place is read in its order, whoever logged it", async () => {
  const [cache, other] = await openTwice();
  const start = await endOfLog(cache.db);
  expect(await readChangesBehind(cache.db, start, 10)).toEqual([]);
  await log(cache, "A");
  await log(other, "B", "work");
  expect(await readChangesBehind(cache.db, start, 10)).toMatchObject([
    { collection: "default", summary: "A", touched: [{ kind: "group", name: "A" }] },
    { collection: "work", summary: "B", origin: "call", action: "groups.create" },
  ]);
  expect(await readChangesBehind(cache.db, start, 1)).toHaveLength(1);
  const end = await endOfLog(cache.db);
  expect(end).toEqual({ epoch: cache.epoch, id: start.id + 2 });
  expect(await readChangesBehind(cache.db, end, 10)).toEqual([]);
});

test("a place from which the log does not tell all is one that nothing follows from", async () => {
  const [cache] = await openTwice();
  const start = await endOfLog(cache.db);
  for (const name of ["A", "B", "C"]) await log(cache, name);
  await cache.db
    .deleteFrom("changes")
    .where("id", "=", start.id + 2)
    .execute();
  expect(await readChangesBehind(cache.db, start, 10)).toBeNull();
  expect(await readChangesBehind(cache.db, { ...start, id: start.id + 2 }, 10)).toHaveLength(1);
  await cache.db.deleteFrom("changes").execute();
  expect(await readChangesBehind(cache.db, { ...start, id: start.id + 2 }, 10)).toBeNull();
  expect(await readChangesBehind(cache.db, { ...start, id: start.id + 3 }, 10)).toEqual([]);
  expect(await readChangesBehind(cache.db, { ...start, id: start.id + 4 }, 10)).toBeNull();
});

test("a place of another cache is none of this one", async () => {
  const [cache] = await openTwice();
  const place = await endOfLog(cache.db);
  await cache.transaction(renewEpoch);
  expect(await readChangesBehind(cache.db, place, 10)).toBeNull();
  expect(await readChangesBehind(cache.db, await endOfLog(cache.db), 10)).toEqual([]);
});

test("the pulse tells of each commit, by this connection and by another", async () => {
  const [cache, other] = await openTwice();
  const seen = [await readPulse(cache.db)];
  expect(await readPulse(cache.db)).toBe(seen[0]);
  await log(cache, "A");
  seen.push(await readPulse(cache.db));
  await log(other, "B");
  seen.push(await readPulse(cache.db));
  expect(new Set(seen).size).toBe(3);
});
