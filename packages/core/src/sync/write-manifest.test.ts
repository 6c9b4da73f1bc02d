import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Cache } from "../cache/open.ts";
import { openHome } from "../home.ts";
import { createDisplacedFiles } from "../manifest/store/displaced.ts";
import { hashOf } from "../manifest/pieces.ts";
import { fingerprintOf } from "../manifest/store/read-file.ts";
import { createGroup } from "../operations/groups.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { GitAtWork } from "./git-lock.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";
import { keepOther } from "./backups.ts";
import { writeManifest } from "./write-manifest.ts";
import { createWrittenTexts } from "./written-text.ts";

const collection = "default";

/** A home with a group that is not in its manifest yet. */
async function unwritten(text: string): Promise<TestHome> {
  const at = await openTestHome(text);
  await at.groupNames();
  const plain = { description: "", color: "", icon: "", members: [] };
  await createGroup(at.home.cache, { collection, name: "Ours", ...plain });
  return at;
}

/** Writes; when the intent is committed, which is right before the swap, something else happens. */
function writeWhile(at: TestHome, happens: () => void): Promise<boolean> {
  const { cache } = at.home;
  const raced: Cache = {
    ...cache,
    async transaction(work) {
      const result = await cache.transaction(work);
      const { intent_hash } = await cache.db
        .selectFrom("collections")
        .select("intent_hash")
        .executeTakeFirstOrThrow();
      if (intent_hash !== null) happens();
      return result;
    },
  };
  return writeManifest(raced, collectionPaths(raced.paths, collection), collection, {
    displaced: createDisplacedFiles(() => {}),
    texts: createWrittenTexts(),
  });
}

test("a write that went through says so, and leaves nothing to write", async () => {
  const at = await unwritten(HEAD);
  expect(await writeWhile(at, () => {})).toBe(true);
  expect(at.read()).toContain('"Ours"');
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
});

test("a write that another program's save comes before is to be begun anew, and wrote nothing", async () => {
  const at = await unwritten(HEAD);
  const theirs = HEAD + groupRow("Theirs");
  expect(await writeWhile(at, () => at.write(theirs))).toBe(false);
  expect(at.read()).toBe(theirs);
  expect(await at.status()).toMatchObject({ unsaved: 1 });
});

test("a write that git begins to work before stops, and wrote nothing", async () => {
  const at = await unwritten(HEAD);
  const lock = join(at.folder, ".git", "index.lock");
  mkdirSync(join(at.folder, ".git"));
  await expect(writeWhile(at, () => writeFileSync(lock, ""))).rejects.toThrow(GitAtWork);
  rmSync(lock);
  expect(at.read()).toBe(HEAD);
  expect(readdirSync(at.folder).toSorted()).toEqual([".git", "collection.toml"]);
});

test("after a write that failed the same text goes to a new file, which is fsynced as a whole", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  const before = fingerprintOf(at.manifest);
  await writeWhile(at, () => {});
  expect(fingerprintOf(at.manifest)).toBe(before);
  await at.home.cache.db.updateTable("collections").set({ attempts: 1 }).execute();
  await writeWhile(at, () => {});
  expect(at.read()).toBe(HEAD + groupRow("A"));
  expect(fingerprintOf(at.manifest)).not.toBe(before);
});

test("what a program writes late into the text that was replaced is kept, and told of", async () => {
  const at = await openTestHome(HEAD);
  await at.home.close();
  const notices: string[] = [];
  at.home = await openHome({ root: at.root, onNotice: (text) => notices.push(text) });
  const editor = openSync(at.manifest, "r+");
  await at.addGroup("Ours");
  const late = HEAD.replace("Mine", "Late");
  writeSync(editor, late);
  closeSync(editor);
  await at.home.close();
  expect(at.backups()).toEqual([late]);
  expect(notices).toEqual([expect.stringContaining("its text lies in")]);
  expect(at.read()).toContain('name = "Ours"');
});

test("what another program saved while its place was taken is kept, whatever it is", async () => {
  const at = await openTestHome(HEAD);
  const place = collectionPaths(at.home.paths, collection);
  await keepOther(at.manifest, place);
  rmSync(at.manifest);
  at.write("");
  await keepOther(at.manifest, place);
  // Named by the beginning of the SHA-256, of what is no text by that of what it is instead.
  const named = readdirSync(place.backups).map((name) => [
    name.slice(-13, -5),
    readFileSync(join(place.backups, name), "utf8"),
  ]);
  expect(Object.fromEntries(named)).toEqual({
    [hashOf(HEAD).slice(0, 8)]: HEAD,
    [hashOf("empty").slice(0, 8)]: "",
  });
});

test("a folder that is missing is not made, and one that cannot be looked at is not called missing", async () => {
  const at = await unwritten(HEAD);
  const missing = `the folder ${at.folder} is missing`;
  rmSync(at.folder, { recursive: true });
  await expect(writeWhile(at, () => {})).rejects.toMatchObject({ message: missing });
  writeFileSync(at.folder, "");
  await expect(writeWhile(at, () => {})).rejects.toMatchObject({ message: missing });
  rmSync(at.folder);
  symlinkSync(at.folder, at.folder);
  await expect(writeWhile(at, () => {})).rejects.toThrow("ELOOP");
  const { collections } = at.home.paths;
  rmSync(collections, { recursive: true });
  writeFileSync(collections, "");
  await expect(writeWhile(at, () => {})).rejects.toMatchObject({
    code: "not-saved",
    message: missing,
    hint: "skillmeat status",
  });
});

test("an empty file is written once it is two seconds old, and not before", async () => {
  const at = await unwritten(HEAD);
  at.write("");
  // However long this takes, it is younger.
  const late = Date.now() / 1000 + 60;
  utimesSync(at.manifest, late, late);
  await expect(writeWhile(at, () => {})).rejects.toMatchObject({
    code: "not-saved",
    message: "collection.toml is empty; another program may be about to write it",
  });
  expect(at.read()).toBe("");
  const old = Date.now() / 1000 - 2;
  utimesSync(at.manifest, old, old);
  expect(await writeWhile(at, () => {})).toBe(true);
  expect(at.read()).toContain('"Ours"');
});

test("with merge, too, a manifest that is gone is made again with all that the cache has", async () => {
  const row = '\n[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["t"]\n';
  const at = await unwritten(HEAD + row + groupRow("A", "x"));
  writeFileSync(join(at.root, "config.toml"), 'external_edits = "merge"\n');
  rmSync(at.manifest);
  expect(await writeWhile(at, () => {})).toBe(true);
  for (const part of ['name = "pdf"', 'tags = ["t"]', 'name = "A"', '["x"]', '"Ours"']) {
    expect(at.read()).toContain(part);
  }
  expect(await at.groupNames()).toEqual(["A", "Ours"]);
  expect(at.backups()).toEqual([]);
});

test("what is the cache's own is not kept as a text of others, nor listed as lost", async () => {
  const at = await unwritten(HEAD + groupRow("A"));
  expect(await writeWhile(at, () => {})).toBe(true);
  expect(at.backups()).toEqual([]);
  expect(await at.status()).toMatchObject({ losses: 0, state: "clean" });
});
