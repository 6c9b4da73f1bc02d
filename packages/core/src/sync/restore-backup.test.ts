import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Cache } from "../cache/open.ts";
import { listChanges } from "../history/list-changes.ts";
import { undoChange } from "../history/undo.ts";
import { createDisplacedFiles } from "../manifest/store/displaced.ts";
import { hashOf } from "../manifest/pieces.ts";
import { takeCollectionLock } from "../settings/collection-lock.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { getBackup, listBackups } from "./backup-files.ts";
import { restoreBackup } from "./restore-backup.ts";
import { createWriteThrough } from "./write-through.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const OLD = `${HEAD}# by hand\nmine = 3\n${groupRow("A", "x")}${groupRow("Old")}`;

/** A home whose manifest was replaced once: then it held {@link OLD}, which is a backup. */
async function replaced(): Promise<{ at: TestHome; id: string }> {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.home.sync.ready(collection);
  at.write(OLD);
  await at.addGroup("New");
  at.write(`${HEAD}${groupRow("A")}${groupRow("New")}`);
  await at.home.sync.pull({ collection, dryRun: false });
  const { items } = await listBackups(at.home.cache, { collection });
  return { at, id: items.at(-1)?.id ?? "" };
}

test("a backup becomes the manifest again, whole, and its rows the cache's; that can be undone", async () => {
  const { at, id } = await replaced();
  const present = at.read();
  expect(await getBackup(at.home.cache, { collection, id })).toMatchObject({
    id,
    collection,
    text: OLD,
    bytes: OLD.length,
  });
  const reply = await at.home.sync.restore({ collection, id });
  expect(reply).toMatchObject({ name: collection, saved: true, reason: null, conflicts: [] });
  expect(reply.changes).toMatchObject([
    { name: "A", change: "changed" },
    { name: "New", change: "removed" },
    { name: "Old", change: "added" },
  ]);
  expect(reply.diff).toContain("+mine = 3");
  expect(reply.diff).not.toContain("+[collection]");
  expect(at.read()).toBe(OLD);
  expect(await at.groupNames()).toEqual(["A", "Old"]);
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
  const kept = await getBackup(at.home.cache, { collection, id: reply.backup ?? "" });
  expect(kept.text).toBe(present);
  expect(kept.id.slice(-8)).toBe(hashOf(present).slice(0, 8));
  const again = await at.home.sync.restore({ collection, id });
  expect(again).toMatchObject({ saved: true, diff: "", changes: [], change: null, backup: null });
  const { items } = await listChanges(at.home.cache, { collection, limit: 1 });
  expect(items).toMatchObject([
    { id: reply.change, action: "backups.restore", summary: `Restored the backup ${id}` },
  ]);

  await undoChange(at.home.cache, { collection, id: reply.change ?? 0 });
  expect(await at.groupNames()).toEqual(["A", "New"]);
  await at.home.sync.flush();
  expect(at.read()).toContain("mine = 3");
  expect(at.read()).not.toContain("Old");
});

test.each(["<<<<<<< HEAD\n", "", "\u{1F600}\xff"])(
  "it is the way out of a manifest that cannot be read: %j",
  async (text) => {
    const { at, id } = await replaced();
    writeFileSync(at.manifest, text, "latin1");
    const reply = await at.home.sync.restore({ collection, id: id.slice(0, 19) });
    expect(at.read()).toBe(OLD);
    expect(reply).toMatchObject({ saved: true, backup: text === "" ? null : expect.any(String) });
    // Of what is no text there is none to be taken away.
    expect(reply.diff.includes("\n-")).toBe(text.startsWith("<"));
    expect((await at.status()).state).toBe("clean");
  },
);

test("what is no file is not replaced, and a folder that is gone gets no manifest", async () => {
  const { at, id } = await replaced();
  rmSync(at.manifest);
  mkdirSync(at.manifest);
  await expect(at.home.sync.restore({ collection, id })).rejects.toMatchObject({
    code: "refused",
    message: `${at.manifest} is no regular file that could be replaced`,
    hint: "Move it away first",
  });
  rmSync(at.folder, { recursive: true });
  expect(await at.home.sync.restore({ collection, id })).toMatchObject({
    saved: false,
    reason: expect.stringContaining("ENOENT"),
  });
  expect((await at.status()).unsaved).toBeGreaterThan(0);
});

test("a backup that cannot be read is refused, and one is told from another by its beginning", async () => {
  const { at, id } = await replaced();
  const backups = join(at.root, "backups", collection);
  writeFileSync(join(backups, "20200101T000000.000Z-00000000.toml"), "= 3");
  writeFileSync(join(backups, "notes.txt"), "no backup");
  const restore = (ref: string) => at.home.sync.restore({ collection, id: ref });
  await expect(restore("2020")).rejects.toMatchObject({ code: "manifest-unreadable" });
  await expect(restore("20")).rejects.toMatchObject({ code: "invalid-input" });
  await expect(restore("19")).rejects.toMatchObject({ code: "not-found" });
  const near = new RegExp(`did you mean "${id}"`);
  await expect(restore(`${id.slice(0, -1)}z`)).rejects.toThrow(near);
  rmSync(backups, { recursive: true });
  expect(await listBackups(at.home.cache, { collection })).toEqual({ items: [] });
  writeFileSync(backups, "no folder");
  await expect(listBackups(at.home.cache, { collection })).rejects.toThrow("ENOTDIR");
});

test.each([1, Infinity])(
  "a program that saves meanwhile, %d times, is not written over without a backup",
  async (times) => {
    const { at, id } = await replaced();
    const { cache } = at.home;
    let saved = 0;
    const raced: Cache = {
      ...cache,
      async transaction(work) {
        const result = await cache.transaction(work);
        if (saved < times) at.write(`${HEAD}# saved meanwhile ${(saved += 1)}\n`);
        return result;
      },
    };
    const restoring = restoreBackup(
      raced,
      { collection, id },
      createDisplacedFiles(() => {}),
    );
    if (times === 1) {
      expect(await restoring).toMatchObject({ saved: true, change: expect.any(Number) });
      expect(at.read()).toBe(OLD);
      expect(at.backups()).toContain(`${HEAD}# saved meanwhile 1\n`);
    } else {
      await expect(restoring).rejects.toMatchObject({
        code: "not-saved",
        message: "Another program keeps changing collection.toml",
        hint: "skillmeat status",
      });
      expect(at.read()).toContain("# saved meanwhile 5");
    }
  },
);

test("where the swap fails the next write brings the rows, and no others, into the text that is there", async () => {
  const { at, id } = await replaced();
  const { cache } = at.home;
  const away = join(at.root, "away");
  const losing: Cache = {
    ...cache,
    async transaction(work) {
      const result = await cache.transaction(work);
      if (existsSync(at.folder)) renameSync(at.folder, away);
      return result;
    },
  };
  const displaced = createDisplacedFiles(() => {});
  const reply = await restoreBackup(losing, { collection, id }, displaced);
  expect(reply).toMatchObject({ saved: false, reason: expect.stringContaining("ENOENT") });
  renameSync(away, at.folder);
  await at.reopen();
  await at.home.sync.flush();
  expect(await at.groupNames()).toEqual(["A", "Old"]);
  expect(at.read()).toContain('"Old"');
  expect(at.read()).not.toContain('"New"');
  expect((await at.status()).state).toBe("clean");
});

test("nothing is restored while another process writes", async () => {
  const { at, id } = await replaced();
  const { cache } = at.home;
  const lock = await takeCollectionLock(collectionPaths(cache.paths, collection), 0);
  const { exclusively } = createWriteThrough(cache, { patience: 0 });
  const restoring = exclusively(collection, (displaced) =>
    restoreBackup(cache, { collection, id }, displaced),
  );
  await expect(restoring).rejects.toMatchObject({
    code: "not-saved",
    message: "Another process is writing collection.toml",
    hint: "skillmeat status",
  });
  lock?.release();
});
