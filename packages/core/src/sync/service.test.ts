import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { endOfLog } from "../cache/follow-changes.ts";
import { createGroup, listGroups } from "../operations/groups.ts";
import { createManifestSyncService } from "./service.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "", members: [] };

/** Puts a further collection into a home. */
function put(at: TestHome, dir: string, text: string): void {
  const folder = join(at.root, "collections", dir);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "collection.toml"), text);
}

async function names(at: TestHome): Promise<string[]> {
  const { collections } = await at.home.sync.status();
  return collections.map(({ name }) => name);
}

test("of several collections one that cannot be read is skipped with its reason, each in its turn", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  put(at, "Broken", `${HEAD}\nname = = 3\n`);
  put(at, "a-first", HEAD);
  expect(await names(at)).toEqual(["a-first", "Broken", "default"]);
  const { collections } = await at.home.sync.pull({ dryRun: false });
  expect(collections).toMatchObject([
    { name: "a-first", saved: true },
    {
      name: "Broken",
      changes: [],
      diff: "",
      conflicts: [],
      backup: null,
      change: null,
      saved: false,
      reason: expect.stringMatching(/^Broken\/collection\.toml:7:\d+ [^\n]+$/),
    },
    { name: "default", saved: true },
  ]);
});

test("of several collections one whose cache breaks is no skipped one", async () => {
  const at = await openTestHome(HEAD);
  put(at, "other", HEAD);
  await at.home.sync.readyAll();
  await at.home.cache.db.schema.dropTable("base_rows").execute();
  await expect(at.home.sync.merge({ dryRun: false })).rejects.toThrow("no such table");
  const sync = createManifestSyncService(at.home.cache);
  for (const end of ["", "-wal", "-shm"]) rmSync(at.home.paths.cacheFile + end);
  await expect(sync.merge({ dryRun: false })).rejects.toMatchObject({ code: "cache-unusable" });
});

test("a collection is known whatever the case of its name, and is one", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.home.sync.ready("DEFAULT");
  const { items } = await listGroups(at.home.cache, { collection: "Default" });
  expect(items.map(({ name }) => name)).toEqual(["A"]);
  expect(await names(at)).toEqual(["default"]);
});

test("the first call on a fresh cache recovers every collection, not only its own", async () => {
  const at = await openTestHome(HEAD);
  put(at, "other", HEAD + groupRow("Theirs"));
  await at.home.sync.ready(collection);
  const { items } = await listGroups(at.home.cache, { collection: "other" });
  expect(items.map(({ name }) => name)).toEqual(["Theirs"]);
});

test("while git checks out what was read stands, but a manifest that never was is read", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  const lock = join(at.folder, ".git", "index.lock");
  mkdirSync(join(at.folder, ".git"));
  writeFileSync(lock, "");
  expect(await at.groupNames()).toEqual(["A"]);
  at.write(HEAD + groupRow("B"));
  expect(await at.groupNames()).toEqual(["A"]);
  expect(await at.status()).toMatchObject({ state: "clean" });
  rmSync(lock);
  expect((await at.groupNames()).toSorted()).toEqual(["A", "B"]);
});

test("a flush says of each collection whether it is saved, and why not", async () => {
  const at = await openTestHome(HEAD);
  put(at, "other", HEAD);
  await at.home.sync.readyAll();
  for (const dir of [collection, "other"]) {
    await createGroup(at.home.cache, { collection: dir, name: "A", ...plain });
  }
  at.write("[[groups\n");
  const reason = expect.stringContaining("collection.toml:1:");
  expect(await at.home.sync.flush()).toEqual({
    collections: [
      { name: "default", saved: false, reason },
      { name: "other", saved: true, reason: null },
    ],
  });
  at.write(HEAD);
  const saved = { collections: [{ name: "default", saved: true, reason: null }] };
  expect(await at.home.sync.flush(collection)).toEqual(saved);
  expect(await at.home.sync.flush(collection)).toEqual(saved);
  expect(at.read()).toContain('name = "A"');
});

test("a refresh reads anew what looks the same, and writes what is unsaved, due or not", async () => {
  const at = await openTestHome(HEAD);
  at.write("");
  await at.addGroup("A");
  expect(await at.status()).toMatchObject({ unsaved: 1, nextTry: expect.any(String) });
  const old = Date.now() / 1000 - 60;
  utimesSync(at.manifest, old, old);
  const { collections } = await at.home.sync.refresh(collection);
  expect(collections).toMatchObject([{ name: collection }]);
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
  expect(at.read()).toContain('name = "A"');
});

test.each([
  ["is missing", undefined, "skillmeat sync push --collection default"],
  [
    "cannot be read",
    "[[broken",
    "Mend it, or restore a backup: skillmeat backup list --collection default",
  ],
])(
  "a reset is refused where the manifest %s and the cache alone knows its groups",
  async (why, text, hint) => {
    const at = await openTestHome(HEAD + groupRow("A"));
    await at.home.sync.readyAll();
    if (text === undefined) rmSync(at.manifest);
    else at.write(text);
    await expect(at.home.sync.reset({ force: false })).rejects.toMatchObject({
      code: "unsaved-changes",
      message: `The cache alone holds the groups and tags of default, whose manifest ${why}`,
      hint,
    });
    expect(await at.groupNames()).toEqual(["A"]);
    const { collections } = await at.home.sync.reset({ force: true });
    expect(collections.map(({ groups }) => groups.recovered)).toEqual(
      text === undefined ? [] : [0],
    );
  },
);

test("a collection without a manifest, groups and tags is in no reset's way", async () => {
  const at = await openTestHome(HEAD);
  await at.home.sync.readyAll();
  rmSync(at.manifest);
  const { collections } = await at.home.sync.reset({ force: false });
  expect(collections).toEqual([]);
});

test("a reset that would lose something is refused and names where; forced, it begins a new log", async () => {
  const at = await openTestHome(HEAD);
  put(at, "other", HEAD);
  put(at, "saved", HEAD);
  await at.home.sync.readyAll();
  for (const dir of [collection, "other"]) {
    await createGroup(at.home.cache, { collection: dir, name: "A", ...plain });
  }
  await expect(at.home.sync.reset({ force: false })).rejects.toMatchObject({
    code: "unsaved-changes",
    message: "The cache holds changes that are not in a manifest yet: default, other",
    hint: "skillmeat sync flush",
  });
  const { db } = at.home.cache;
  const before = await endOfLog(db);
  const { collections } = await at.home.sync.reset({ force: true });
  expect(collections.map(({ name }) => name)).toEqual(["default", "other", "saved"]);
  expect(await at.groupNames()).toEqual([]);
  expect(await db.selectFrom("changes").select("id").execute()).toEqual([]);
  expect((await endOfLog(db)).epoch).not.toBe(before.epoch);
});
