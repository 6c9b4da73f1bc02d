import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openHome } from "../home.ts";
import { createGroup, listGroups } from "../operations/groups.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "", members: [] };

/** A home whose notices are at hand. */
async function openTold(): Promise<{ at: TestHome; notices: string[] }> {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.home.close();
  const notices: string[] = [];
  at.home = await openHome({ root: at.root, onNotice: (text) => notices.push(text) });
  await at.groupNames();
  return { at, notices };
}

function create(at: TestHome, name: string) {
  return createGroup(at.home.cache, { collection, name, ...plain });
}

function removeCache({ home: { paths } }: TestHome): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(paths.cacheFile + end);
}

test("a cache that was deleted is told of in full", async () => {
  const { at, notices } = await openTold();
  removeCache(at);
  await at.groupNames();
  expect(notices).toEqual([
    `The cache ${at.home.paths.cacheFile} was deleted or replaced while it was in use; it was recovered from the manifests, and nothing is lost`,
  ]);
});

test("a cache that was broken is told of with the place where it lies now", async () => {
  const { at, notices } = await openTold();
  const { cacheDir, cacheFile } = at.home.paths;
  await at.home.close();
  writeFileSync(cacheFile, readFileSync(cacheFile).fill(0xab));
  at.home = await openHome({ root: at.root, onNotice: (text) => notices.push(text) });
  expect(notices).toEqual([expect.stringMatching(/could not be read from it \([^()]+\)$/)]);
  const [aside = ""] = readdirSync(join(cacheDir, "broken"));
  expect(notices[0]).toContain(
    `The cache ${cacheFile} was broken and lies in ${join(cacheDir, "broken", aside)} now; it was`,
  );
  expect(await at.groupNames()).toEqual(["A"]);
});

test("what a cache held unwritten of a collection whose folder is gone is told of, and only that", async () => {
  const { at, notices } = await openTold();
  const first = at.home.cache;
  removeCache(at);
  await at.groupNames();
  const second = at.home.cache;
  at.write("[broken");
  await create(at, "B");
  renameSync(at.folder, join(at.root, "away"));
  removeCache(at);
  expect(await at.home.sync.status()).toEqual({ collections: [] });
  expect(notices[1]).toContain(
    "it was recovered from the manifests, and what was not in a manifest yet of default has no folder to go to",
  );
  // Also a mutation that an earlier cache took, and the later one had from it.
  for (const cache of [first, second]) {
    expect(() => at.home.requireKept(cache, "DEFAULT")).toThrow(
      expect.objectContaining({
        code: "cache-unusable",
        message:
          "The cache broke before it was known that the change is in the manifest, and it may be lost",
        hint: "Look whether it is there, and do it again if not",
      }),
    );
    expect(() => at.home.requireKept(cache, "other")).not.toThrow();
  }
  expect(() => at.home.requireKept(at.home.cache, collection)).not.toThrow();
});

test("calls that find one cache lost at once heal it once", async () => {
  const { at, notices } = await openTold();
  const { cache } = at.home;
  removeCache(at);
  await Promise.all([at.home.heal(cache), at.groupNames(), at.home.heal(cache)]);
  const healed = at.home.cache;
  await at.home.heal(cache);
  expect(at.home.cache).toBe(healed);
  expect(notices).toHaveLength(1);
  expect(await at.groupNames()).toEqual(["A"]);
});

test("a sound cache that a call took for lost is kept, and nobody is told", async () => {
  const { at, notices } = await openTold();
  await create(at, "B");
  const { epoch } = at.home.cache;
  await at.home.heal(at.home.cache);
  expect(at.home.cache.epoch).toBe(epoch);
  expect(notices).toEqual([]);
  expect(await at.groupNames()).toEqual(["A", "B"]);
});

test("what was taken over from a cache that broke under a running process is not taken again by the next", async () => {
  const { at, notices } = await openTold();
  at.write("[broken");
  await create(at, "B");
  truncateSync(at.home.paths.cacheFile, 4096);
  at.write(HEAD + groupRow("A"));
  await at.groupNames();
  expect(notices).toEqual([expect.stringContaining("was broken and lies in")]);
  await at.home.close();
  at.home = await openHome({ root: at.root, onNotice: (text) => notices.push(text) });
  expect(notices).toHaveLength(1);
});

test("what another's cache holds that broke in the place of a deleted one is left to the next process", async () => {
  const { at, notices } = await openTold();
  removeCache(at);
  writeFileSync(at.home.paths.cacheFile, "no database\n".repeat(1000));
  expect(await at.groupNames()).toEqual(["A"]);
  await at.home.close();
  at.home = await openHome({ root: at.root, onNotice: (text) => notices.push(text) });
  expect(notices).toEqual([
    expect.stringContaining("nothing is lost"),
    expect.stringContaining("could not be read from it"),
  ]);
});

test("each collection whose folder is gone is told of", async () => {
  const { at, notices } = await openTold();
  const other = join(at.root, "collections", "other");
  mkdirSync(other);
  for (const dir of [at.folder, other]) writeFileSync(join(dir, "collection.toml"), HEAD);
  await at.home.sync.readyAll();
  await create(at, "B");
  await createGroup(at.home.cache, { collection: "other", name: "B", ...plain });
  removeCache(at);
  renameSync(at.home.paths.collections, join(at.root, "away"));
  mkdirSync(at.home.paths.collections);
  await at.home.sync.readyAll();
  const lost = (dir: string) => `what was not in a manifest yet of ${dir} has no folder to go to`;
  expect(notices).toEqual([expect.stringContaining(`, and ${lost("default")}; ${lost("other")}`)]);
});

test("every call of the sync service is answered by the cache that is in use", async () => {
  const { at } = await openTold();
  removeCache(at);
  expect(await at.groupNames()).toEqual(["A"]);
  const { sync } = at.home;
  const names = async () => {
    const { items } = await at.home.read((cache) => listGroups(cache, { collection }));
    return items.map(({ name }) => name);
  };
  at.write(HEAD + groupRow("A") + groupRow("B"));
  await sync.readyAll();
  expect(await names()).toEqual(["A", "B"]);
  at.write(HEAD + groupRow("A") + groupRow("B") + groupRow("C"));
  await sync.recoverAll();
  expect(await names()).toEqual(["A", "B", "C"]);

  await create(at, "D");
  await sync.retryDue();
  await sync.retryDue();
  expect(at.read()).toContain('"D"');
  const saves = ["syncCollection", "syncGroups", "syncTagDefinitions", "syncArtifacts"] as const;
  for (const save of saves) {
    expect(await sync[save](collection)).toEqual({ saved: true, reason: null });
  }
  await create(at, "E");
  const saving = sync.syncCollection(collection);
  await sync.settle();
  expect(at.read()).toContain('"E"');
  await saving;
  const input = { collection, dryRun: false };
  for (const answer of [
    await sync.flush(),
    await sync.refresh(),
    await sync.diff(),
    await sync.pull(input),
    await sync.push(input),
    await sync.merge(input),
    await sync.status(),
    await sync.reset({ force: false }),
  ]) {
    expect(answer).toMatchObject({ collections: [{ name: collection }] });
  }
  const nowhere = sync.restore({ collection, id: "nowhere" });
  await expect(nowhere).rejects.toMatchObject({ code: "not-found" });
});

test("a home that was healed again and again has nothing open when it is closed", async () => {
  const open = () => readdirSync("/proc/self/fd").length;
  const before = open();
  const { at } = await openTold();
  for (const name of ["B", "C", "D"]) {
    removeCache(at);
    await at.addGroup(name);
  }
  await at.home.close();
  expect(open()).toBeLessThanOrEqual(before);
});

test("a call whose cache is lost again and again fails at last, another error fails it at once", async () => {
  const { at } = await openTold();
  let calls = 0;
  const losing = at.home.read(async (cache) => {
    calls += 1;
    removeCache(at);
    await cache.transaction(async () => {});
  });
  await expect(losing).rejects.toMatchObject({ code: "cache-unusable" });
  expect(calls).toBe(4);
  const failing = at.home.read(async () => {
    calls += 1;
    throw new Error("no such thing");
  });
  await expect(failing).rejects.toThrow("no such thing");
  expect(calls).toBe(5);
});

test("a healing that fails leaves nothing open, and the next call heals", async () => {
  const { at, notices } = await openTold();
  const { collections } = at.home.paths;
  await create(at, "B");
  removeCache(at);
  renameSync(collections, join(at.root, "away"));
  writeFileSync(collections, "");
  const open = () => readdirSync("/proc/self/fd").length;
  await expect(at.groupNames()).rejects.toThrow("ENOTDIR");
  const before = open();
  await expect(at.groupNames()).rejects.toThrow("ENOTDIR");
  expect(open()).toBeLessThanOrEqual(before);
  expect(notices).toEqual([]);
  rmSync(collections);
  renameSync(join(at.root, "away"), collections);
  expect(await at.groupNames()).toEqual(["A", "B"]);
});

test("a home that is closed heals for the last time what was deleted, and nothing after that", async () => {
  const { at } = await openTold();
  const { cacheFile } = at.home.paths;
  at.write("[broken");
  await create(at, "B");
  removeCache(at);
  await at.home.close();
  expect(existsSync(cacheFile)).toBe(true);
  at.write(HEAD + groupRow("A"));
  const { cache } = at.home;
  at.home = await openHome({ root: at.root });
  expect(await at.groupNames()).toEqual(["A", "B"]);
  await at.home.close();
  rmSync(at.home.paths.cacheDir, { recursive: true });
  await at.home.heal(cache);
  await at.home.heal(at.home.cache);
  expect(existsSync(cacheFile)).toBe(false);
});
