import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeLock } from "../manifest/store/lock.ts";
import { createGroup } from "../operations/groups.ts";
import { HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";
import { createWriteThrough } from "./write-through.ts";

const collection = "default";
const SAVED = { saved: true, reason: null };

/** A home with a group that is not in its manifest yet. */
async function unwritten(): Promise<TestHome> {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  const plain = { description: "", color: "", icon: "", members: [] };
  await createGroup(at.home.cache, { collection, name: "Ours", ...plain });
  return at;
}

function takeItsLock(at: TestHome) {
  return takeLock(join(at.root, "locks", "default.lock"), 0);
}

async function isLocked(at: TestHome): Promise<boolean> {
  const lock = await takeItsLock(at);
  lock?.release();
  return lock === null;
}

test("one write covers all that wait for it, whatever the case of the name", async () => {
  const at = await unwritten();
  const writes = createWriteThrough(at.home.cache);
  const running = writes.cover(collection);
  const next = writes.cover(collection);
  expect(next).not.toBe(running);
  expect(writes.cover("DEFAULT")).toBe(next);
  await writes.settle();
  expect(at.read()).toContain('"Ours"');
  expect(await Promise.all([running, next])).toEqual([SAVED, SAVED]);
  const later = writes.cover(collection);
  expect(later).not.toBe(next);
  expect(await later).toEqual(SAVED);
});

test("who writes only where nobody else does waits for nobody, and is not pending", async () => {
  const at = await unwritten();
  const writes = createWriteThrough(at.home.cache, { patience: 20 });
  const lock = await takeItsLock(at);
  await writes.coverIfFree(collection);
  expect(at.read()).toBe(HEAD);
  expect(await at.status()).toMatchObject({ unsaved: 1, reason: "not written yet" });
  const reason = "another process is writing collection.toml";
  expect(await writes.cover(collection)).toEqual({ saved: false, reason });
  lock?.release();
  await writes.coverIfFree(collection);
  expect(at.read()).toContain('"Ours"');
  expect(await isLocked(at)).toBe(false);
});

test("who writes by itself has the lock for as long as that takes, or says that it had it not", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  const writes = createWriteThrough(at.home.cache, { patience: 20 });
  const lock = await takeItsLock(at);
  const locked = () => writes.exclusively(collection, () => isLocked(at));
  await expect(locked()).rejects.toMatchObject({
    code: "not-saved",
    message: "Another process is writing collection.toml",
    hint: "skillmeat status",
  });
  lock?.release();
  expect(await locked()).toBe(true);
  expect(await isLocked(at)).toBe(false);
  const stopped = writes.exclusively(collection, () => Promise.reject(new Error("stopped")));
  await expect(stopped).rejects.toThrow("stopped");
  expect(await isLocked(at)).toBe(false);
});

test("a write that fails says why, and lets others write", async () => {
  const at = await unwritten();
  at.write("[broken");
  const writes = createWriteThrough(at.home.cache);
  expect(await writes.cover(collection)).toMatchObject({ saved: false });
  expect(await isLocked(at)).toBe(false);
  at.write(HEAD);
  expect(await writes.cover(collection)).toEqual(SAVED);
});

test("of a cache that is lost no write says anything, and nobody waits for one", async () => {
  const at = await unwritten();
  const writes = createWriteThrough(at.home.cache);
  for (const end of ["", "-wal", "-shm"]) rmSync(at.home.paths.cacheFile + end);
  const covers = await Promise.allSettled([writes.cover(collection), writes.cover(collection)]);
  const lost = { status: "rejected", reason: { code: "cache-unusable" } };
  expect(covers).toMatchObject([lost, lost]);
  await writes.settle();
  await expect(writes.cover(collection)).rejects.toMatchObject({ code: "cache-unusable" });
});
