import { sql } from "kysely";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openHome } from "../home.ts";
import { createGroup, deleteGroup, listGroups, updateGroup } from "../operations/groups.ts";
import { createTag, deleteTag } from "../operations/tags.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "", members: [] };

const ENDS = { db: "", wal: "-wal", shm: "-shm" };

function remove(at: TestHome, ...ends: (keyof typeof ENDS)[]): void {
  for (const end of ends) rmSync(at.home.paths.cacheFile + ENDS[end]);
}

/** Overwrites the cache's file as a broken disk would. */
function corrupt(at: TestHome, from: number): void {
  const { cacheFile } = at.home.paths;
  writeFileSync(cacheFile, readFileSync(cacheFile).fill(0xab, from));
}

function asides(at: TestHome): string[] {
  const folder = join(at.home.paths.cacheDir, "broken");
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** The groups that another process sees after everything but the collections' folders is deleted. */
async function recovered(at: TestHome): Promise<string[]> {
  await at.reopen({ withoutCache: true });
  return at.groupNames();
}

describe("a cache that is deleted under a running process", () => {
  test.each([
    ["with its log", ["db", "wal", "shm"]],
    ["without its log", ["db"]],
    ["with the log, but not its index", ["db", "wal"]],
    ["all but itself", ["wal", "shm"]],
    ["its log alone", ["wal"]],
  ] as const)("%s, is made anew, and nothing is lost", async (_, ends) => {
    const at = await openTestHome(HEAD + groupRow("A"));
    await at.addGroup("B");
    const { epoch } = at.home.cache;
    remove(at, ...ends);
    expect(await at.addGroup("C")).toEqual({ saved: true, reason: null });
    expect(await at.groupNames()).toEqual(["A", "B", "C"]);
    expect(at.home.cache.epoch).not.toBe(epoch);
    const other = await openHome({ root: at.root });
    await other.sync.ready(collection);
    const { items } = await listGroups(other.cache, { collection });
    expect(items.map(({ name }) => name)).toEqual(["A", "B", "C"]);
    await other.close();
    expect(await recovered(at)).toEqual(["A", "B", "C"]);
  });

  test("gives what it held unwritten to the new one", async () => {
    const at = await openTestHome(HEAD + groupRow("A") + groupRow("B"));
    await at.groupNames();
    at.write("[broken");
    expect(await at.addGroup("C")).toMatchObject({ saved: false });
    await updateGroup(at.home.cache, { collection, group: "A", color: "blue" });
    await deleteGroup(at.home.cache, { collection, group: "B" });
    await createTag(at.home.cache, { collection, name: "T", color: "", description: "" });
    remove(at, "db", "wal", "shm");
    at.write(HEAD + groupRow("A") + groupRow("B") + groupRow("Theirs"));
    expect(await at.groupNames()).toEqual(["A", "Theirs", "C"]);
    await at.home.sync.flush();
    expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
    expect(at.read()).toContain('color = "blue"');
    expect(at.read()).toContain('slug = "t"');
    expect(await recovered(at)).toEqual(["A", "Theirs", "C"]);
  });

  test("while the manifest is unreadable, keeps what was deleted deleted, and what somebody adds", async () => {
    const tag = (name: string) => `\n[[tag_definitions]]\nname = "${name}"\nslug = "${name}"\n`;
    const text = HEAD + tag("s") + tag("t") + groupRow("A") + groupRow("B") + groupRow("C");
    const at = await openTestHome(text);
    await at.groupNames();
    at.write("[broken");
    await deleteGroup(at.home.cache, { collection, group: "B" });
    await updateGroup(at.home.cache, { collection, group: "C", name: "D" });
    await deleteTag(at.home.cache, { collection, slug: "t" });
    remove(at, "db", "wal", "shm");
    expect(await at.groupNames()).toEqual(["A", "D"]);
    at.write(text + groupRow("Theirs"));
    expect(await at.groupNames()).toEqual(["A", "D", "Theirs"]);
    await at.home.sync.flush();
    expect(await recovered(at)).toEqual(["A", "D", "Theirs"]);
    expect(at.read()).not.toContain('"t"');
    expect(at.read()).toContain('"s"');
  });

  test("between a commit and its write, is missed by neither", async () => {
    const at = await openTestHome(HEAD);
    await at.groupNames();
    await createGroup(at.home.cache, { collection, name: "A", ...plain });
    remove(at, "db", "wal", "shm");
    expect(await at.home.sync.syncGroups(collection)).toEqual({ saved: true, reason: null });
    expect(at.read()).toContain('name = "A"');
  });

  test("takes no mutation any more: the call fails with nothing committed, and the next one is cured", async () => {
    const at = await openTestHome(HEAD);
    await at.groupNames();
    remove(at, "db", "wal", "shm");
    const { cache } = at.home;
    const create = () => createGroup(at.home.cache, { collection, name: "A", ...plain });
    await expect(create()).rejects.toMatchObject({ code: "cache-unusable" });
    await at.home.heal(cache);
    expect(await create()).toMatchObject({ name: "A" });
  });

  test("is told of", async () => {
    const at = await openTestHome(HEAD);
    await at.home.close();
    const notices: string[] = [];
    at.home = await openHome({ root: at.root, onNotice: (text) => notices.push(text) });
    await at.groupNames();
    remove(at, "db", "wal", "shm");
    await at.groupNames();
    expect(notices).toEqual([
      expect.stringContaining("was deleted or replaced while it was in use"),
    ]);
    expect(notices[0]).toContain("nothing is lost");
  });

  test("twenty times, leaves no file open", async () => {
    const at = await openTestHome(HEAD);
    await at.groupNames();
    const open = () => readdirSync("/proc/self/fd").length;
    remove(at, "db", "wal", "shm");
    await at.addGroup("first");
    remove(at, "db", "wal", "shm");
    await at.addGroup("second");
    const before = open();
    for (let round = 0; round < 20; round += 1) {
      remove(at, "db", "wal", "shm");
      await at.addGroup(`G${round}`);
    }
    expect(open()).toBeLessThanOrEqual(before);
    expect(await recovered(at)).toHaveLength(22);
  });
});

describe("two processes on a cache that is deleted", () => {
  test("meet on one new cache, and bring each what it held", async () => {
    const at = await openTestHome(HEAD);
    await at.groupNames();
    const other = await openHome({ root: at.root });
    await other.sync.ready(collection);
    await createGroup(at.home.cache, { collection, name: "A", ...plain });
    await createGroup(other.cache, { collection, name: "B", ...plain });
    remove(at, "db", "wal", "shm");
    await Promise.all([at.home.sync.syncGroups(collection), other.sync.syncGroups(collection)]);
    expect(at.home.cache.epoch).toBe(other.cache.epoch);
    expect((await at.groupNames()).toSorted()).toEqual(["A", "B"]);
    await other.close();
    expect((await recovered(at)).toSorted()).toEqual(["A", "B"]);
  });
});

describe("a broken cache", () => {
  test.each([
    ["whose header is gone", 0],
    ["whose pages are gone", 100],
    ["of which but the first page is left", 4096],
  ])("%s, is moved aside at the next start, and recovered", async (_, from) => {
    const at = await openTestHome(HEAD + groupRow("A"));
    await at.addGroup("B");
    await at.home.close();
    corrupt(at, from);
    at.home = await openHome({ root: at.root });
    expect(await at.groupNames()).toEqual(["A", "B"]);
    expect(await at.addGroup("C")).toMatchObject({ saved: true });
    expect(asides(at)).toHaveLength(1);
  });

  test.each([
    ["emptied", (file: string) => truncateSync(file, 0)],
    ["cut short", (file: string) => truncateSync(file, 4096)],
  ])("%s under a running process, is moved aside, and nothing is lost", async (_, damage) => {
    const at = await openTestHome(HEAD + groupRow("A"));
    await at.addGroup("B");
    await at.home.close();
    at.home = await openHome({ root: at.root });
    await at.groupNames();
    damage(at.home.paths.cacheFile);
    expect(await at.addGroup("C")).toMatchObject({ saved: true });
    expect(await at.groupNames()).toEqual(["A", "B", "C"]);
    expect(asides(at)).toHaveLength(1);
    expect(await recovered(at)).toEqual(["A", "B", "C"]);
  });

  test("that one process replaces is left by the others, too", async () => {
    const at = await openTestHome(HEAD + groupRow("A"));
    await at.groupNames();
    // What is in the log alone would still be read.
    await at.reopen();
    await at.groupNames();
    await at.addGroup("B");
    corrupt(at, 0);
    const other = await openHome({ root: at.root });
    expect(asides(at)).toHaveLength(1);
    expect(await at.groupNames()).toEqual(["A", "B"]);
    expect(at.home.cache.epoch).toBe(other.cache.epoch);
    await other.close();
  });

  test("that cannot be read any more takes what was unwritten with it, and says so", async () => {
    const at = await openTestHome(HEAD + groupRow("A"));
    await at.home.close();
    const notices: string[] = [];
    at.home = await openHome({ root: at.root, onNotice: (text) => notices.push(text) });
    await at.groupNames();
    const { cache } = at.home;
    await createGroup(cache, { collection, name: "B", ...plain });
    // Neither the database nor its log has what was committed, nor the memory.
    for (const end of ["", "-wal"]) {
      const file = at.home.paths.cacheFile + end;
      const handle = openSync(file, "r+");
      writeSync(handle, Buffer.alloc(statSync(file).size, 0xab));
      closeSync(handle);
    }
    truncateSync(at.home.paths.cacheFile, 4096);
    await sql`pragma shrink_memory`.execute(cache.db);
    expect(await at.groupNames()).toEqual(["A"]);
    expect(notices).toEqual([expect.stringContaining("could not be read from it")]);
    expect(() => at.home.requireKept(cache, collection)).toThrow("it may be lost");
    expect(() => at.home.requireKept(at.home.cache, collection)).not.toThrow();
  });

  test("is kept for a while: the newest three", async () => {
    const at = await openTestHome(HEAD);
    for (let round = 0; round < 5; round += 1) {
      await at.groupNames();
      await at.home.close();
      corrupt(at, 0);
      at.home = await openHome({ root: at.root });
    }
    expect(asides(at)).toHaveLength(3);
  });
});

test("a log whose database is gone is not taken for the new one's", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.addGroup("B");
  const { cacheFile } = at.home.paths;
  const wal = readFileSync(`${cacheFile}-wal`);
  await at.home.close();
  rmSync(cacheFile);
  writeFileSync(`${cacheFile}-wal`, wal);
  at.home = await openHome({ root: at.root });
  expect(await at.groupNames()).toEqual(["A", "B"]);
  expect(asides(at)).toHaveLength(1);
});

test("a sound cache is left where it is, whatever a call thought of it", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  const { cache } = at.home;
  await at.home.heal(cache);
  expect(at.home.cache.epoch).toBe(cache.epoch);
  expect(asides(at)).toEqual([]);
  expect(await at.addGroup("B")).toMatchObject({ saved: true });
});
