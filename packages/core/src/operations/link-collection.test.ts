import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSettings } from "../settings/settings.ts";
import { listCollections } from "./collections.ts";
import { deleteCollection } from "./delete-collection.ts";
import { importCollection } from "./import-collection.ts";
import { linkCollection } from "./link-collection.ts";
import { createTestHome, type TestHome } from "./testing.ts";

let home: TestHome;
let outside: string;
beforeEach(async () => {
  home = await createTestHome();
  outside = mkdtempSync(join(tmpdir(), "skillmeat-outside-"));
});
afterEach(async () => {
  rmSync(outside, { recursive: true, force: true });
  await home.remove();
});

const MANIFEST = '[collection]\nname = "Team / Tools"\nversion = "2.0.0"\n';

/** Makes a folder outside the home, with a manifest unless told otherwise. */
function folder(name: string, files: Record<string, string> = { "collection.toml": MANIFEST }) {
  const path = join(outside, name);
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return path;
}

const link = (path: string, name?: string) => linkCollection(home.cache, { path, name });

async function names(): Promise<string[]> {
  return (await listCollections(home.cache)).items.map(({ name }) => name);
}

test("a folder is used where it stands, under its own name, and nothing in it is written", async () => {
  const path = folder("team-skills");
  expect(await link(path)).toMatchObject({
    name: "team-skills",
    displayName: "Team / Tools",
    path,
    manifest: join(path, "collection.toml"),
    linked: true,
  });
  expect(readSettings(home.cache.paths).links).toEqual([{ name: "team-skills", path }]);
  expect(readdirSync(path)).toEqual(["collection.toml"]);
  expect(await names()).toEqual(["default", "team-skills"]);
  expect(await link(folder("größer"), "other")).toMatchObject({ name: "other" });
});

test.each([
  ["artifacts alone", { "skills/pdf/SKILL.md": "Do it" }],
  ["an empty manifest", { "collection.toml": "", "src/main.c": "" }],
  ["a repository that was just made", { ".git/config": "", "README.md": "", LICENSE: "" }],
  ["nothing", {}],
])("what is merely incomplete is linked as well: %s", async (_, files) => {
  const path = folder("begun", files);
  expect(await link(path)).toMatchObject({ name: "begun", displayName: "begun", linked: true });
});

test.each([
  [
    "source code",
    { "src/main.c": "" },
    "not-found",
    "holds neither a collection.toml nor artifacts",
  ],
  ["a manifest that is broken", { "collection.toml": "[[groups\n" }, "invalid-input", ":1:"],
  ["a manifest that is a folder", { "collection.toml/x": "" }, "invalid-input", "no regular file"],
])("what is no collection is not linked: %s", async (_, files, code, message) => {
  const linking = link(folder("wrong", files));
  await expect(linking).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  expect(existsSync(home.cache.paths.settingsFile)).toBe(false);
  expect(await names()).toEqual(["default"]);
});

test("a manifest that is a symbolic link is not linked, and neither is a file", async () => {
  const path = folder("team", {});
  symlinkSync(join(folder("other"), "collection.toml"), join(path, "collection.toml"));
  await expect(link(path)).rejects.toMatchObject({
    message: expect.stringContaining("a symbolic link and no regular file"),
  });
  await expect(link(join(folder("other"), "collection.toml"))).rejects.toMatchObject({
    code: "invalid-input",
    hint: expect.stringContaining("skillmeat collection link"),
  });
  await expect(link(join(outside, "nowhere"))).rejects.toMatchObject({ code: "not-found" });
});

test("a folder of the home is not linked, by whatever path", async () => {
  const { root } = home;
  await expect(link(join(root, "collections/default"))).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringContaining("is a collection of the home already"),
  });
  home.write("shared/collection.toml", MANIFEST);
  symlinkSync(join(root, "shared"), join(outside, "shared"));
  await expect(link(join(outside, "shared"))).rejects.toMatchObject({
    message: expect.stringContaining("lies in the home"),
  });
});

test("a folder is linked once, by whatever path, and a name is given once", async () => {
  const path = folder("team");
  await link(path);
  symlinkSync(path, join(outside, "alias"));
  await expect(link(join(outside, "alias"), "again")).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining('linked already, as the collection "team"'),
  });
  const other = folder("other");
  await expect(link(other, "team")).rejects.toMatchObject({ code: "conflict" });
  await expect(link(other, "default")).rejects.toMatchObject({ code: "conflict" });
  // A folder that the cache does not know yet, and a link that it does not know yet.
  home.write("collections/unread/notes.txt", "");
  await expect(link(other, "unread")).rejects.toMatchObject({ code: "conflict" });
  rmSync(path, { recursive: true });
  await home.cache.db.deleteFrom("collections").where("dir", "=", "team").execute();
  await expect(link(other, "team")).rejects.toMatchObject({ code: "conflict" });
  await expect(importCollection(home.cache, { path: other, name: "team" })).rejects.toMatchObject({
    code: "conflict",
  });
});

/** The cache, with each transaction failing at its end. */
function failing(): TestHome["cache"] {
  return {
    ...home.cache,
    transaction: <T>(work: Parameters<typeof home.cache.transaction<T>>[0]) =>
      home.cache.transaction<T>(async (tx) => {
        await work(tx);
        throw new Error("disk full");
      }),
  };
}

test("where the cache cannot be written the settings are as they were", async () => {
  const path = folder("team");
  await expect(linkCollection(failing(), { path })).rejects.toThrow("disk full");
  expect(readSettings(home.cache.paths).links).toEqual([]);
  await link(path);
  const input = { collection: "team", force: false };
  await expect(deleteCollection(failing(), input)).rejects.toThrow("disk full");
  expect(readSettings(home.cache.paths).links).toEqual([{ name: "team", path }]);
  expect(await names()).toEqual(["default", "team"]);
});

test("to delete a linked collection only unlinks it", async () => {
  const path = folder("team");
  await link(path);
  const { collection, trash } = await deleteCollection(home.cache, {
    collection: "TEAM",
    force: false,
  });
  expect({ name: collection.name, linked: collection.linked, trash }).toEqual({
    name: "team",
    linked: true,
    trash: null,
  });
  expect(readFileSync(join(path, "collection.toml"), "utf8")).toBe(MANIFEST);
  expect(readSettings(home.cache.paths).links).toEqual([]);
  expect(await names()).toEqual(["default"]);
  expect(existsSync(home.cache.paths.trash)).toBe(false);
});

test("an imported folder without a manifest gets one, and git and locks stay behind", async () => {
  const path = folder("begun", {
    "skills/pdf/SKILL.md": "Do it",
    ".git/config": "",
    ".skillmeat-lock/lock": "",
    ".gitignore": "x\n",
  });
  const { manifest } = await importCollection(home.cache, { path });
  expect(readFileSync(manifest, "utf8")).toContain('[collection]\nname = "begun"');
  expect(readdirSync(dirname(manifest)).toSorted()).toEqual([
    ".gitignore",
    "collection.toml",
    "skills",
  ]);
  const alone = join(folder("alone", { "collection.toml": "" }), "collection.toml");
  const empty = await importCollection(home.cache, { path: alone });
  expect(readFileSync(empty.manifest, "utf8")).toContain('name = "alone"');
});
