import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openHome } from "../home.ts";
import { nothingToKeep } from "../manifest/store/testing/keepers.ts";
import { fingerprintOf, MISSING } from "../manifest/store/read-file.ts";
import { takeLock } from "../manifest/store/lock.ts";
import { replaceFile } from "../manifest/store/replace-file.ts";
import { createGroup, deleteGroup, updateGroup } from "../operations/groups.ts";
import { createWriteThrough } from "./write-through.ts";
import { crashBeforeRecord } from "./testing/crash-before-record.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "", members: [] };

function create(at: TestHome, name: string) {
  return createGroup(at.home.cache, { collection, name, ...plain });
}

test("fifty mutations at once all land, by far fewer writes", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  const names = Array.from({ length: 50 }, (_, index) => `G${index}`);
  const outcomes = await Promise.all(
    names.map(async (name) => {
      await create(at, name);
      return at.home.sync.syncGroups(collection);
    }),
  );
  expect(outcomes.every((outcome) => outcome.saved)).toBe(true);
  expect(await at.status()).toMatchObject({ state: "clean", dirtyRev: 50, writtenRev: 50 });
  await at.reopen({ withoutCache: true });
  expect((await at.groupNames()).toSorted()).toEqual(names.toSorted());
});

test("a mutation that changes nothing does not touch the file", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  const before = fingerprintOf(at.manifest);
  await updateGroup(at.home.cache, { collection, group: "A", name: "A" });
  expect(await at.home.sync.syncGroups(collection)).toEqual({ saved: true, reason: null });
  expect(fingerprintOf(at.manifest)).toBe(before);
});

test("the file keeps its mode, and nothing else is left in the folder", async () => {
  const at = await openTestHome(HEAD);
  chmodSync(at.manifest, 0o640);
  await at.addGroup("A");
  expect(statSync(at.manifest).mode & 0o777).toBe(0o640);
  expect(readdirSync(at.folder)).toEqual(["collection.toml"]);
});

test("what a crashed writer left beside the file is removed by the next process, or a refresh", async () => {
  const at = await openTestHome(HEAD);
  at.put(".collection.toml.tmp-0123456789ab", "half");
  await at.groupNames();
  expect(readdirSync(at.folder)).toEqual(["collection.toml"]);
  at.put(".collection.toml.tmp-0123456789ab", "half");
  await at.home.sync.refresh();
  expect(readdirSync(at.folder)).toEqual(["collection.toml"]);
});

test("a failing write does not fail the mutation, says why, and succeeds once the cause is gone", async () => {
  const at = await openTestHome(HEAD + groupRow("X", "a"));
  await at.groupNames();
  // A file where the folder of the backups must be: whatever the user, it cannot be made.
  writeFileSync(join(at.root, "backups"), "");
  const edited = HEAD + groupRow("X", "by-hand");
  at.write(edited);
  const outcome = await at.addGroup("A");
  expect(outcome.saved).toBe(false);
  expect(outcome.reason).toMatch(/ENOTDIR|EEXIST/);
  expect(at.read()).toBe(edited);
  const status = await at.status();
  expect(status).toMatchObject({ state: "pending", unsaved: 1, reason: outcome.reason });
  expect(Date.parse(status.nextTry ?? "")).toBeGreaterThan(Date.parse(status.pendingSince ?? ""));
  rmSync(join(at.root, "backups"));
  await at.home.sync.flush();
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0, reason: null });
  expect(at.backups()).toEqual([edited]);
});

test("a pending write is tried again when it is due, and not before", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  at.write("");
  await at.addGroup("A");
  at.write(HEAD);
  await at.home.sync.retryDue();
  await at.home.sync.retryDue();
  expect((await at.status()).unsaved).toBe(1);
  await at.home.cache.db
    .updateTable("collections")
    .set({ next_try: "2020-01-01T00:00:00.000Z" })
    .execute();
  await at.home.sync.retryDue();
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
  expect(at.read()).toContain('"A"');
});

test("what a process left unwritten when it ended is written by one that runs on", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  await create(at, "A");
  await at.home.sync.retryDue();
  expect(at.read()).toBe(HEAD);
  await at.home.sync.retryDue();
  expect(at.read()).toContain('name = "A"');
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
});

test("the pauses between tries grow, up to a minute and a quarter", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  at.write("[[groups\n");
  await at.addGroup("A");
  const pauses: number[] = [];
  for (let tries = 0; tries < 9; tries += 1) {
    const before = Date.now();
    await at.home.sync.flush();
    pauses.push(Date.parse((await at.status()).nextTry ?? "") - before);
  }
  expect(pauses.at(-1)).toBeGreaterThan(40_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(76_000);
});

test("a crash between commit and write loses nothing: the next process writes it", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  await create(at, "A");
  await at.reopen();
  await at.home.sync.ready(collection);
  expect(at.read()).toContain('"A"');
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
});

test("a crash between the swap and its record: the file is known as ours by the intent", async () => {
  const at = await openTestHome(HEAD + groupRow("Old"));
  await at.groupNames();
  const { cache } = at.home;
  const rename = () => updateGroup(cache, { collection, group: "Old", name: "New" });
  await crashBeforeRecord(at, rename);
  await at.reopen();
  await updateGroup(at.home.cache, { collection, group: "New", name: "Newer" });
  await at.home.sync.ready(collection);
  await at.home.sync.syncGroups(collection);
  expect(await at.groupNames()).toEqual(["Newer"]);
  expect(at.read()).not.toContain('"New"');
  expect(at.backups()).toEqual([]);
  expect((await at.status()).state).toBe("clean");
});

test("a crash between the swap and its record is settled by the next write, too", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  await crashBeforeRecord(at, () => deleteGroup(at.home.cache, { collection, group: "A" }));
  expect(await at.home.sync.syncGroups(collection)).toEqual({ saved: true, reason: null });
  expect(await at.groupNames()).toEqual([]);
  expect(at.backups()).toEqual([]);
});

test("what a crashed write put into the file, and is deleted before the next, does not stay there", async () => {
  const at = await openTestHome(HEAD + groupRow("Old"));
  await at.groupNames();
  await crashBeforeRecord(at, () => create(at, "New"));
  await deleteGroup(at.home.cache, { collection, group: "New" });
  expect(await at.home.sync.syncGroups(collection)).toEqual({ saved: true, reason: null });
  expect(at.read()).not.toContain('"New"');
  await at.reopen({ withoutCache: true });
  expect(await at.groupNames()).toEqual(["Old"]);
});

test("what a crashed write renamed, and is renamed again before the next, keeps its row", async () => {
  const at = await openTestHome(`${HEAD}${groupRow("Old")}note = "mine"\n`);
  await at.groupNames();
  const rename = (group: string, name: string) =>
    updateGroup(at.home.cache, { collection, group, name });
  await crashBeforeRecord(at, () => rename("Old", "New"));
  await rename("New", "Newer");
  expect(await at.home.sync.syncGroups(collection)).toEqual({ saved: true, reason: null });
  expect(at.read()).toContain('note = "mine"');
  expect(at.read()).toContain('name = "Newer"');
});

test("who waits until no write is under way finds everything written", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  await create(at, "A");
  const writes = createWriteThrough(at.home.cache);
  const running = writes.cover(collection);
  await create(at, "B");
  const next = writes.cover(collection);
  await writes.settle();
  expect(at.read()).toContain('"A"');
  expect(at.read()).toContain('"B"');
  expect(await Promise.all([running, next])).toEqual([
    { saved: true, reason: null },
    { saved: true, reason: null },
  ]);
});

test("two homes on one folder, as two processes: each sees and keeps the other's work", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  const other = await openHome({ root: at.root });
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const home = index % 2 === 0 ? at.home : other;
      await home.sync.ready(collection);
      await createGroup(home.cache, { collection, name: `G${index}`, ...plain });
      expect(await home.sync.syncGroups(collection)).toEqual({ saved: true, reason: null });
    }),
  );
  await other.close();
  await at.reopen({ withoutCache: true });
  expect(await at.groupNames()).toHaveLength(20);
});

test("a lock is free at once when its holder is killed", async () => {
  const at = await openTestHome(HEAD);
  const file = join(at.root, "locks", "test.lock");
  mkdirSync(join(at.root, "locks"), { recursive: true });
  const sqlite = createRequire(import.meta.url).resolve("better-sqlite3");
  const holder = spawn(
    process.execPath,
    [
      "-e",
      `const db = new (require(${JSON.stringify(sqlite)}))(${JSON.stringify(file)});
       db.exec("begin exclusive"); console.log("held"); setInterval(() => {}, 1000);`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(holder.stdout, "data");
  expect(await takeLock(file, 50)).toBeNull();
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const lock = await takeLock(file, 0);
  expect(lock).not.toBeNull();
  lock?.release();
});

test("at most twenty displaced texts are kept, the newest", async () => {
  const at = await openTestHome(HEAD + groupRow("X"));
  await at.groupNames();
  const edited = (round: number) => `# round ${round}\n${HEAD}${groupRow("X", "by-hand")}`;
  for (let round = 0; round < 23; round += 1) {
    at.write(edited(round));
    await at.addGroup(`G${round}`);
  }
  const rounds = Array.from({ length: 20 }, (_, index) => edited(index + 3));
  expect(at.backups()).toEqual(rounds);
});

test("a file that changed since it was looked at is not replaced", async () => {
  const at = await openTestHome(HEAD);
  const expected = fingerprintOf(at.manifest);
  const late = async () => at.write(`${HEAD}# late\n`);
  expect(
    await replaceFile({
      path: at.manifest,
      text: "x",
      expected,
      beforeSwap: late,
      keeper: nothingToKeep,
    }),
  ).toBeNull();
  expect(at.read()).toBe(`${HEAD}# late\n`);
  expect(readdirSync(at.folder)).toEqual(["collection.toml"]);
});

test("a file that appeared where none was is not replaced", async () => {
  const at = await openTestHome(null);
  const late = async () => at.write("late");
  const replacement = {
    path: at.manifest,
    text: "x",
    expected: MISSING,
    beforeSwap: late,
    keeper: nothingToKeep,
  };
  expect(await replaceFile(replacement)).toBeNull();
  expect(at.read()).toBe("late");
});

test("what stops before the swap leaves the old file and no other", async () => {
  const at = await openTestHome(HEAD);
  const expected = fingerprintOf(at.manifest);
  const beforeSwap = () => Promise.reject(new Error("no intent"));
  await expect(
    replaceFile({ path: at.manifest, text: "x", expected, beforeSwap, keeper: nothingToKeep }),
  ).rejects.toThrow("no intent");
  expect(at.read()).toBe(HEAD);
  expect(readdirSync(at.folder)).toEqual(["collection.toml"]);
});

test("reset empties the cache and recovers it, but not while something is unsaved", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "x"));
  const before = await at.curation();
  const { collections } = await at.home.sync.reset({ force: false });
  expect(collections[0]?.groups).toEqual({ recovered: 1, skipped: null });
  expect(await at.curation()).toEqual(before);

  await create(at, "Unsaved");
  await expect(at.home.sync.reset({ force: false })).rejects.toMatchObject({
    code: "unsaved-changes",
  });
  await at.home.sync.reset({ force: true });
  expect(await at.groupNames()).toEqual(["A"]);
});

test("a collection that is nowhere is not found, and no folder is made for it", async () => {
  const at = await openTestHome(HEAD);
  await expect(at.home.sync.ready("nowhere")).rejects.toMatchObject({ code: "not-found" });
  await expect(at.home.sync.refresh("nowhere")).rejects.toMatchObject({ code: "not-found" });
  expect(existsSync(join(at.root, "collections", "nowhere"))).toBe(false);
});

test("a lock that is not had in time leaves the mutation pending, and lost it is not", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  await create(at, "A");
  const lock = await takeLock(join(at.root, "locks", "default.lock"), 0);
  const impatient = createWriteThrough(at.home.cache, { patience: 20 });
  const outcome = await impatient.cover(collection);
  expect(outcome).toEqual({
    saved: false,
    reason: "another process is writing collection.toml",
  });
  expect(await at.status()).toMatchObject({ state: "pending", unsaved: 1 });
  lock?.release();
  expect(await impatient.cover(collection)).toEqual({ saved: true, reason: null });
});

test("a cache that cannot be read any more is an outcome of the write, not an exception", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  const late = createWriteThrough(at.home.cache);
  await at.home.cache.close();
  expect(await late.cover(collection)).toMatchObject({ saved: false });
});

test("a field that stands as a table is not replaced: the reason says where, and the rest is kept", async () => {
  const at = await openTestHome(`${HEAD}${groupRow("A")}[groups.description]\nlong = "story"\n`);
  await at.groupNames();
  await updateGroup(at.home.cache, { collection, group: "A", description: "short" });
  const outcome = await at.home.sync.syncGroups(collection);
  expect(outcome.saved).toBe(false);
  expect(outcome.reason).toContain("collection.toml:7: description is written as a table");
  await at.home.sync.refresh();
  expect(await at.status()).toMatchObject({ state: "pending", unsaved: 1 });
  at.write(HEAD + groupRow("A"));
  await at.home.sync.flush();
  expect(at.read()).toContain('description = "short"');
});
