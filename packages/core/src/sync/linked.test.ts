import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openHome, type Home } from "../home.ts";
import { takeLock } from "../manifest/store/lock.ts";
import { createGroup, listGroups } from "../operations/groups.ts";
import { linkCollection } from "../operations/link-collection.ts";
import { groupCreateInputSchema } from "../schema/group.ts";
import { takeCollectionLock } from "../settings/collection-lock.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { groupRow, HEAD, openTestHome } from "./testing/test-home.ts";

/** A folder in a work tree of git, outside any home. */
function workTree(): string {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-team-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  git(root, "init", "--quiet");
  const folder = join(root, "team");
  mkdirSync(folder);
  writeFileSync(join(folder, "collection.toml"), HEAD + groupRow("First"));
  git(root, "add", ".");
  return folder;
}

function git(folder: string, ...args: string[]): string {
  return spawnSync("git", ["-C", folder, ...args], { encoding: "utf8" }).stdout;
}

/** A home that has linked the folder, and has read it. */
async function linkedIn(path: string): Promise<Home> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-sync-"));
  const home = await openHome({ root });
  onTestFinished(async () => {
    await home.close();
    rmSync(root, { recursive: true, force: true });
  });
  await linkCollection(home.cache, { path });
  await home.sync.refresh();
  return home;
}

async function addGroup(home: Home, name: string) {
  await home.sync.ready("team");
  await createGroup(home.cache, groupCreateInputSchema.parse({ collection: "team", name }));
  return home.sync.syncGroups("team");
}

async function groupNames(home: Home): Promise<string[]> {
  await home.sync.ready("team");
  return (await listGroups(home.cache, { collection: "team" })).items.map(({ name }) => name);
}

async function stateOf(home: Home) {
  const [status] = (await home.sync.status("team")).collections;
  return { state: status?.state, unsaved: status?.unsaved };
}

test("two homes that link one folder take each other's changes, and git sees the manifest alone", async () => {
  const folder = workTree();
  const one = await linkedIn(folder);
  const two = await linkedIn(folder);
  expect(git(folder, "status", "--short").trim()).toBe("A  collection.toml");
  expect(readdirSync(folder)).toEqual(["collection.toml"]);
  expect(await addGroup(one, "Second")).toEqual({ saved: true, reason: null });
  expect(await addGroup(two, "Third")).toEqual({ saved: true, reason: null });
  expect(await groupNames(one)).toEqual(["First", "Second", "Third"]);
  expect(git(folder, "status", "--short").trim()).toBe("AM collection.toml");
});

test("the lock of a linked collection is one for all homes", async () => {
  const folder = workTree();
  const one = await linkedIn(folder);
  const two = await linkedIn(folder);
  const lock = await takeCollectionLock(collectionPaths(one.paths, "team"), 0);
  expect(await takeCollectionLock(collectionPaths(two.paths, "team"), 20)).toBeNull();
  lock?.release();
  const next = await takeCollectionLock(collectionPaths(two.paths, "team"), 0);
  expect(next).not.toBeNull();
  next?.release();
});

test("what a repository brings in the place of the lock is not followed, and the home's own lock does", async () => {
  const folder = workTree();
  const home = await linkedIn(folder);
  const elsewhere = join(folder, "..", "elsewhere");
  mkdirSync(elsewhere);
  const own = join(folder, ".skillmeat-lock");
  symlinkSync(elsewhere, own);
  const place = collectionPaths(home.paths, "team");
  const isHomes = async () => {
    const lock = await takeCollectionLock(place, 0);
    const other = await takeLock(place.lock, 0);
    lock?.release();
    other?.release();
    return lock !== null && other === null;
  };
  expect(await isHomes()).toBe(true);
  rmSync(own);
  mkdirSync(own);
  symlinkSync(join(elsewhere, "db"), join(own, "lock"));
  symlinkSync(join(elsewhere, "ignore"), join(own, ".gitignore"));
  expect(await isHomes()).toBe(true);
  rmSync(own, { recursive: true });
  writeFileSync(own, "");
  expect(await isHomes()).toBe(true);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test("a link whose folder is away is missing, keeps what is done meanwhile, and writes it when it is back", async () => {
  const folder = workTree();
  const home = await linkedIn(folder);
  renameSync(folder, `${folder}-away`);
  expect(await stateOf(home)).toEqual({ state: "missing", unsaved: 0 });
  expect(await addGroup(home, "Second")).toEqual({
    saved: false,
    reason: expect.stringContaining("is missing"),
  });
  expect(existsSync(folder)).toBe(false);
  expect(await stateOf(home)).toEqual({ state: "missing", unsaved: 1 });
  rmSync(home.paths.cacheDir, { recursive: true });
  expect(await groupNames(home)).toEqual(["First", "Second"]);
  renameSync(`${folder}-away`, folder);
  await home.sync.refresh();
  expect(await stateOf(home)).toEqual({ state: "clean", unsaved: 0 });
  expect(readFileSync(join(folder, "collection.toml"), "utf8")).toContain('"Second"');
});

test("a fresh cache finds links by the settings, also while their folders are away", async () => {
  const folder = workTree();
  const home = await linkedIn(folder);
  await home.close();
  rmSync(home.paths.cacheDir, { recursive: true });
  const again = await openHome({ root: home.root });
  onTestFinished(() => again.close());
  expect(await groupNames(again)).toEqual(["First"]);
  await again.close();
  rmSync(home.paths.cacheDir, { recursive: true });
  rmSync(folder, { recursive: true });
  const away = await openHome({ root: home.root });
  onTestFinished(() => away.close());
  expect((await away.sync.status()).collections).toMatchObject([
    { name: "team", state: "missing" },
  ]);
});

test("while the settings cannot be read, links are not guessed at, and the home's own go on", async () => {
  const folder = workTree();
  const home = await linkedIn(folder);
  mkdirSync(join(home.paths.collections, "own"));
  writeFileSync(join(home.paths.collections, "own", "collection.toml"), HEAD);
  const settings = readFileSync(home.paths.settingsFile, "utf8");
  writeFileSync(home.paths.settingsFile, `${settings}broken\n`);
  await home.sync.ready("own");
  for (const call of [home.sync.ready("team"), home.sync.refresh(), home.sync.ready("third")]) {
    await expect(call).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("config.toml:3:"),
    });
  }
  writeFileSync(home.paths.settingsFile, settings);
  expect(await groupNames(home)).toEqual(["First"]);
});

test("in a collection that git shares `updated` stays, or the changes of any two people would collide", async () => {
  const folder = workTree();
  const linked = await linkedIn(folder);
  await addGroup(linked, "Second");
  const changed = git(folder, "diff", "--unified=0").split("\n");
  expect(changed.filter((line) => /^[+-].*updated/.test(line))).toEqual([]);
  expect(changed.filter((line) => line.startsWith("+name"))).toEqual(['+name = "Second"']);

  const at = await openTestHome(HEAD);
  await at.addGroup("In a home");
  expect(at.read()).not.toContain('updated = "2026-01-01T00:00:00"');
  git(at.folder, "init", "--quiet");
  at.write(at.read().replace(/^updated = .*/m, 'updated = "2026-02-02T00:00:00"'));
  await at.addGroup("In a work tree of its own");
  expect(at.read()).toContain('updated = "2026-02-02T00:00:00"');
});
