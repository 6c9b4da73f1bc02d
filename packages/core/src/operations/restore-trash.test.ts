import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { groupCreateInputSchema } from "../schema/group.ts";
import { getArtifact } from "./artifacts.ts";
import { deleteCollection } from "./delete-collection.ts";
import { createGroup, getGroup } from "./groups.ts";
import { findInTrash, listTrash } from "./list-trash.ts";
import { removeArtifact } from "./remove-artifact.ts";
import { restoreArtifact, restoreCollection } from "./restore-trash.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const collection = "default";
let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.remove());

const at = (...parts: string[]) => join(home.root, "collections", ...parts);
const list = (of?: string) => listTrash(home.cache.paths, { collection: of }).items;
const origins = () => join(home.root, "trash", ".origins");

/** The newest thing in the trash. */
function newest() {
  const [item] = list();
  if (item === undefined) throw new Error("The trash is empty");
  return item;
}

/** Makes a command with a nested name, and removes it. */
async function removeCommand(): Promise<void> {
  home.write("collections/default/commands/git/review.md", "Review");
  await home.addArtifacts(["command:git:review"]);
  const path = "commands/git/review.md";
  await home.cache.db.updateTable("artifacts").set({ path }).execute();
  await removeArtifact(home.cache, { collection, id: "git:review" });
}

test("the trash lists what was removed, the newest first, of all collections or of one", async () => {
  expect(list()).toEqual([]);
  await removeCommand();
  await home.addCollection("work");
  await deleteCollection(home.cache, { collection: "work", force: false });
  expect(list()).toMatchObject([
    {
      id: expect.stringMatching(/^collections\/\d{8}T\d{9}Z-work$/),
      kind: "collection",
      name: "work",
      collection: "work",
    },
    {
      id: expect.stringMatching(/^default\/\d{8}T\d{9}Z-command-git-review\.md$/),
      kind: "artifact",
      name: "command:git:review",
      collection,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    },
  ]);
  expect(list("WORK").map(({ name }) => name)).toEqual(["work"]);
  expect(existsSync(newest().path)).toBe(true);
  expect(newest().id).toContain(newest().at.replace(/[-:.]/g, ""));
});

test("what nothing is noted of is listed by what its name says", () => {
  home.write("trash/default/20260102T030405678Z-skill-pdf/SKILL.md", "");
  home.write("trash/default/20260101T000000000Z-mcp-fs.json", "");
  home.write("trash/default/by-hand.md", "");
  home.write("trash/collections/20260101T000000000Z-old/collection.toml", "");
  home.write("trash/.origins/default/by-hand.md.json", "{");
  home.write("trash/a-file", "");
  expect(list().map(({ kind, name, collection: of }) => [kind, name, of])).toEqual([
    ["artifact", "by-hand", "default"],
    ["artifact", "skill:pdf", "default"],
    ["artifact", "mcp:fs", "default"],
    ["collection", "old", "old"],
  ]);
  expect(list().at(-1)?.at).toBe("2026-01-01T00:00:00.000Z");
  expect(list()[1]?.at).toBe("2026-01-02T03:04:05.678Z");
});

test("an artifact goes back to where it was, without its groups, and can be undone", async () => {
  await createGroup(home.cache, groupCreateInputSchema.parse({ name: "G", members: ["review"] }));
  await removeCommand();
  const heard: number[] = [];
  const cache = { ...home.cache, onChange: (id: number) => heard.push(id) };
  const restored = await restoreArtifact(cache, newest());
  expect(restored).toMatchObject({ id: "command:git:review", groups: [], missing: false });
  expect(await getArtifact(home.cache, { collection, id: "git:review" })).toEqual(restored);
  expect(readFileSync(at("default/commands/git/review.md"), "utf8")).toBe("Review");
  expect(heard).toEqual([3]);
  expect(list()).toEqual([]);
  expect(existsSync(join(origins(), "default", "x"))).toBe(false);
});

test("an artifact of which nothing is noted goes to where one of its name belongs", async () => {
  home.write("trash/default/20260101T000000000Z-mcp-fs.json", "{}");
  await createGroup(home.cache, groupCreateInputSchema.parse({ name: "G", members: ["fs"] }));
  expect(await restoreArtifact(home.cache, newest())).toMatchObject({ path: "mcp/fs.json" });
  const { members } = await getGroup(home.cache, { collection, group: "G" });
  expect(members).toEqual([{ ref: "fs", artifactId: "mcp:fs" }]);
  home.write("trash/default/20260101T000000000Z-notes.txt", "");
  await expect(async () => restoreArtifact(home.cache, newest())).rejects.toMatchObject({
    code: "refused",
  });
});

test("nothing is replaced, and nothing goes to where it does not belong", async () => {
  await removeCommand();
  const item = newest();
  home.write("collections/default/commands/git/review.md", "Another");
  await expect(restoreArtifact(home.cache, item)).rejects.toMatchObject({ code: "conflict" });
  expect(readFileSync(at("default/commands/git/review.md"), "utf8")).toBe("Another");

  rmSync(at("default/commands"), { recursive: true });
  mkdirSync(join(home.root, "elsewhere"));
  symlinkSync(join(home.root, "elsewhere"), at("default/commands"));
  await expect(restoreArtifact(home.cache, item)).rejects.toMatchObject({ code: "refused" });
  expect(existsSync(join(home.root, "elsewhere/git"))).toBe(false);
  rmSync(at("default/commands"));

  const note = join(origins(), `${item.id}.json`);
  for (const path of ["../../elsewhere/x.md", "collection.toml"]) {
    writeFileSync(note, JSON.stringify({ ...item, path }));
    await expect(restoreArtifact(home.cache, item), path).rejects.toMatchObject({
      code: "refused",
    });
  }
  expect(existsSync(item.path)).toBe(true);
  writeFileSync(join(home.root, "collections/default/commands"), "a file");
  writeFileSync(note, JSON.stringify({ ...item, path: "commands/git/review.md" }));
  await expect(restoreArtifact(home.cache, item)).rejects.toMatchObject({ code: "refused" });
});

test("a collection goes back under its name, or under another where that is taken", async () => {
  await home.addCollection("work");
  await deleteCollection(home.cache, { collection: "work", force: false });
  await home.addCollection("work");
  const item = newest();
  await expect(restoreCollection(home.cache, item, undefined)).rejects.toMatchObject({
    code: "conflict",
  });
  mkdirSync(at("other"));
  await expect(restoreCollection(home.cache, item, "other")).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await restoreCollection(home.cache, item, "again")).toMatchObject({ name: "again" });
  expect(readFileSync(at("again/collection.toml"), "utf8")).toContain('name = "work"');
  expect(list()).toEqual([]);
});

test("where the cache cannot be written a collection stays in the trash", async () => {
  await home.addCollection("work");
  await deleteCollection(home.cache, { collection: "work", force: false });
  const failing = { ...home.cache, transaction: () => Promise.reject(new Error("disk full")) };
  await expect(restoreCollection(failing, newest(), undefined)).rejects.toThrow("disk full");
  expect(existsSync(at("work"))).toBe(false);
  expect(list()).toMatchObject([{ kind: "collection", name: "work" }]);
});

test("what is not in the trash is a clear error, as is another name for an artifact", async () => {
  await removeCommand();
  const { paths } = home.cache;
  expect(() => findInTrash(paths, { id: "default/x" })).toThrow(
    expect.objectContaining({ code: "not-found" }),
  );
  const { id } = newest();
  expect(findInTrash(paths, { id })).toEqual(newest());
  expect(() => findInTrash(paths, { id, as: "other" })).toThrow(
    expect.objectContaining({ code: "invalid-input" }),
  );
});
