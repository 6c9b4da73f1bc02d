import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupCreateInputSchema } from "../schema/group.ts";
import { createCollection, getCollection, listCollections } from "./collections.ts";
import { createGroup } from "./groups.ts";
import { importCollection } from "./import-collection.ts";
import { createTestHome, type TestHome } from "./testing.ts";

let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.remove());

const manifest = '[collection]\nname = "Team Set"\nversion = "2.0.0"\n';

function collectionFolders(): string[] {
  return readdirSync(join(home.root, "collections")).toSorted();
}

describe("listCollections and getCollection", () => {
  it("count what each holds", async () => {
    await home.addCollection("other");
    await home.addArtifacts(["skill:a", "skill:b"], ["t"]);
    await createGroup(home.cache, groupCreateInputSchema.parse({ name: "g" }));
    const folder = join(home.root, "collections", "default");
    const expected = {
      name: "default",
      displayName: "default",
      path: folder,
      linked: false,
      manifest: join(folder, "collection.toml"),
      artifacts: 2,
      groups: 1,
      tags: 1,
    };
    const { items, nextCursor } = await listCollections(home.cache);
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      expected,
      expect.objectContaining({ name: "other", artifacts: 0, groups: 0, tags: 0 }),
    ]);
    expect(await getCollection(home.cache, { collection: "DEFAULT" })).toEqual(expected);
    await expect(getCollection(home.cache, { collection: "none" })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("createCollection", () => {
  it("makes the folder and its manifest", async () => {
    const made = await createCollection(home.cache, { name: "work", displayName: 'My "work"' });
    expect(made).toMatchObject({ name: "work", displayName: 'My "work"', groups: 0 });
    expect(readFileSync(made.manifest, "utf8")).toMatch(
      /^\[collection\]\nname = "My \\"work\\""\nversion = "1\.0\.0"\ncreated = "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"\nupdated = "[^"]+"\n$/,
    );
    expect(collectionFolders()).toEqual(["default", "work"]);
  });

  it("refuses a name that a folder or a collection has, ignoring case", async () => {
    await expect(createCollection(home.cache, { name: "default" })).rejects.toMatchObject({
      code: "conflict",
    });
    home.write("collections/Taken/notes.txt", "mine");
    await expect(createCollection(home.cache, { name: "taken" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(collectionFolders()).toEqual(["Taken", "default"]);
    expect((await listCollections(home.cache)).items).toHaveLength(1);
  });
});

describe("importCollection", () => {
  it("copies a folder, but for .git and node_modules, under its name made safe", async () => {
    home.write("src/Équipe Set!/collection.toml", manifest);
    home.write("src/Équipe Set!/skills/pdf/SKILL.md", "# pdf");
    home.write("src/Équipe Set!/.git/config", "x");
    home.write("src/Équipe Set!/skills/pdf/node_modules/x.js", "x");
    const source = join(home.root, "src", "Équipe Set!");
    symlinkSync(join(source, "skills", "pdf"), join(source, "skills", "alias"));
    const made = await importCollection(home.cache, { path: source });
    expect(made).toMatchObject({ name: "equipe-set", displayName: "Team Set" });
    expect(readFileSync(made.manifest, "utf8")).toBe(manifest);
    expect(readdirSync(made.path).toSorted()).toEqual(["collection.toml", "skills"]);
    expect(readdirSync(join(made.path, "skills", "alias"))).toEqual(["SKILL.md"]);
  });

  it("takes a manifest alone, under the name that it bears", async () => {
    const path = home.write("downloads/collection.toml", manifest);
    const made = await importCollection(home.cache, { path });
    expect(made).toMatchObject({ name: "team-set", displayName: "Team Set" });
    expect(readdirSync(made.path)).toEqual(["collection.toml"]);
    expect(await importCollection(home.cache, { path, name: "mine" })).toMatchObject({
      name: "mine",
    });
  });

  it("falls back on the other name where one cannot be used", async () => {
    const nameless = home.write("x/shared/collection.toml", "[[groups]]\nname = 'g'\n");
    expect(await importCollection(home.cache, { path: nameless })).toMatchObject({
      name: "shared",
      displayName: "shared",
    });
    home.write("x/日本語/collection.toml", manifest);
    const folder = join(home.root, "x", "日本語");
    expect(await importCollection(home.cache, { path: folder })).toMatchObject({
      name: "team-set",
    });
    home.write("y/日本語/collection.toml", "[collection]\nname = '…'\n");
    await expect(
      importCollection(home.cache, { path: join(home.root, "y", "日本語") }),
    ).rejects.toMatchObject({ code: "invalid-input", hint: expect.stringContaining("--name") });
  });

  it("refuses what is no collection, and leaves nothing behind", async () => {
    home.write("empty/readme.txt", "x");
    home.write("bad/collection.toml", "[collection\n");
    home.write("fifo/other", "x");
    execFileSync("mkfifo", [join(home.root, "fifo", "collection.toml")]);
    const cases = [
      ["nowhere", "not-found"],
      ["empty", "not-found"],
      ["bad", "invalid-input"],
      ["fifo", "invalid-input"],
    ] as const;
    for (const [path, code] of cases) {
      await expect(
        importCollection(home.cache, { path: join(home.root, path) }),
      ).rejects.toMatchObject({ code });
    }
    await expect(importCollection(home.cache, { path: join(home.root, "bad") })).rejects.toThrow(
      /collection\.toml:1:\d+: /,
    );
    expect(collectionFolders()).toEqual(["default"]);
  });

  it("refuses a taken name", async () => {
    const path = home.write("default/collection.toml", manifest);
    await expect(importCollection(home.cache, { path: join(path, "..") })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(importCollection(home.cache, { path, name: "default" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("refuses links that lead out or nowhere, FIFOs, and the home itself", async () => {
    for (const [name, make] of [
      ["out", (path: string) => symlinkSync(home.root, path)],
      ["dangling", (path: string) => symlinkSync("nowhere", path)],
      ["pipe", (path: string) => void execFileSync("mkfifo", [path])],
    ] as const) {
      home.write(`src-${name}/collection.toml`, manifest);
      make(join(home.root, `src-${name}`, "odd"));
      await expect(
        importCollection(home.cache, { path: join(home.root, `src-${name}`) }),
      ).rejects.toMatchObject({ code: "invalid-input", message: expect.stringContaining("odd") });
    }
    home.write("collection.toml", manifest);
    await expect(
      importCollection(home.cache, { path: home.root, name: "self" }),
    ).rejects.toMatchObject({ code: "invalid-input" });
    expect(collectionFolders()).toEqual(["default"]);
    expect(existsSync(join(home.root, "collections", "self"))).toBe(false);
  });
});
