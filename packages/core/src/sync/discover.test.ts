import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { discoverCollection, discoverCollections } from "./discover.ts";
import { HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

/** Makes folders of collections; where a name ends with `/` without a manifest. */
function make(at: TestHome, ...names: string[]): void {
  for (const name of names) {
    const folder = join(at.home.paths.collections, name);
    mkdirSync(folder, { recursive: true });
    if (!name.endsWith("/")) writeFileSync(join(folder, "collection.toml"), HEAD);
  }
}

async function known(at: TestHome): Promise<string[]> {
  const rows = await at.home.cache.db.selectFrom("collections").select("dir").execute();
  return rows.map(({ dir }) => dir);
}

const link = (name: string) => ({ name, path: join("/nowhere", name) });

test("links, then folders with a manifest of whatever kind are collections, each once", async () => {
  const at = await openTestHome(null);
  make(at, "b", "a", "bare/", "folder/collection.toml/", ".hidden");
  writeFileSync(join(at.home.paths.collections, "file"), "");
  const { cache } = at.home;
  await discoverCollections(cache, [link("team")]);
  expect(await known(at)).toEqual(["team", "a", "b", "folder"]);
  make(at, "c");
  await discoverCollections(cache, [link("Team"), link("other")]);
  expect(await known(at)).toEqual(["team", "a", "b", "folder", "other", "c"]);
});

test("one is found by its name, ignoring case, and others are left", async () => {
  const at = await openTestHome(null);
  make(at, "Work", "other", "bare/");
  const { cache } = at.home;
  for (const name of ["nowhere", "bare"]) await discoverCollection(cache, name);
  expect(await known(at)).toEqual([]);
  for (const name of ["wOrk", "work"]) await discoverCollection(cache, name);
  expect(await known(at)).toEqual(["Work"]);
  const row = await cache.db.selectFrom("collections").selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    dir_key: "work",
    display_name: "Work",
    version: "1.0.0",
    created: "",
    base_hash: null,
  });
});

test("of two folders whose names differ by case the one that is named is found", async () => {
  const at = await openTestHome(null);
  make(at, "Work", "work");
  await discoverCollection(at.home.cache, "work");
  // Not every file system has both.
  expect(await known(at)).toEqual([readdirSync(at.home.paths.collections).toSorted().at(-1)]);
});

test("one that is linked is found by the settings, and while those cannot be read only what is here", async () => {
  const at = await openTestHome(null);
  make(at, "Here", "other");
  const { cache, paths } = at.home;
  writeFileSync(paths.settingsFile, '[links]\nTeam = "/nowhere/team"\n');
  await discoverCollection(cache, "team");
  expect(await known(at)).toEqual(["Team"]);
  writeFileSync(paths.settingsFile, "broken\n");
  await discoverCollection(cache, "here");
  expect(await known(at)).toEqual(["Team", "Here"]);
  await expect(discoverCollection(cache, "third")).rejects.toMatchObject({ code: "invalid-input" });
});

test("a home whose collections are away has none, and one where they are no folder says so", async () => {
  const at = await openTestHome(null);
  const { collections } = at.home.paths;
  rmSync(collections, { recursive: true });
  await discoverCollections(at.home.cache, []);
  expect(await known(at)).toEqual([]);
  writeFileSync(collections, "");
  await expect(discoverCollections(at.home.cache, [])).rejects.toThrow("ENOTDIR");
});
