import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { groupCreateInputSchema } from "../schema/group.ts";
import { listCollections } from "./collections.ts";
import { deleteCollection } from "./delete-collection.ts";
import { createGroup } from "./groups.ts";
import { createTestHome, type TestHome } from "./testing.ts";

let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
  await home.addCollection("work");
});
afterEach(() => home.remove());

const remove = (collection: string, force = false) =>
  deleteCollection(home.cache, { collection, force });

async function names(): Promise<string[]> {
  return (await listCollections(home.cache)).items.map(({ name }) => name);
}

function addGroup(collection: string) {
  return createGroup(home.cache, groupCreateInputSchema.parse({ collection, name: "G" }));
}

test("the folder goes to the trash and the cache forgets it, and it alone", async () => {
  home.write("collections/work/skills/a/SKILL.md", "Do it");
  await home.addArtifacts(["skill:a"], ["tag"], 2);
  const { collection, trash } = await remove("WORK");
  expect(collection).toMatchObject({ name: "work", artifacts: 1, tags: 1 });
  expect(trash).toMatch(/trash\/collections\/\d{8}T\d{9}Z-work$/);
  expect(readFileSync(join(trash ?? "", "skills/a/SKILL.md"), "utf8")).toBe("Do it");
  expect(existsSync(collection.path)).toBe(false);
  expect(await names()).toEqual(["default"]);
  const left = await home.cache.db.selectFrom("artifacts").select("id").execute();
  expect(left).toEqual([]);
});

test("what is in the cache alone is lost only by force", async () => {
  await addGroup("work");
  await expect(remove("work")).rejects.toMatchObject({
    code: "unsaved-changes",
    hint: expect.stringContaining("--force"),
  });
  expect(await names()).toEqual(["default", "work"]);
  expect(existsSync(join(home.root, "collections/work/collection.toml"))).toBe(true);
  expect(existsSync(join(home.root, "trash"))).toBe(false);
  expect((await remove("work", true)).collection).toMatchObject({ groups: 1 });
  expect(await names()).toEqual(["default"]);
});

test("a collection whose folder is gone is forgotten", async () => {
  rmSync(join(home.root, "collections/work"), { recursive: true });
  expect(await remove("work")).toMatchObject({ collection: { name: "work" }, trash: null });
  expect(await names()).toEqual(["default"]);
});

test("where the cache cannot be written the folder is where it was", async () => {
  const failing = {
    ...home.cache,
    transaction: <T>(work: Parameters<typeof home.cache.transaction<T>>[0]) =>
      home.cache.transaction<T>(async (tx) => {
        await work(tx);
        throw new Error("disk full");
      }),
  };
  await expect(deleteCollection(failing, { collection: "work", force: false })).rejects.toThrow(
    "disk full",
  );
  expect(existsSync(join(home.root, "collections/work/collection.toml"))).toBe(true);
  expect(readdirSync(join(home.root, "trash/collections"))).toEqual([]);
  expect(await names()).toEqual(["default", "work"]);
});

test("what is not there is named", async () => {
  await expect(remove("nowhere")).rejects.toMatchObject({ code: "not-found" });
});
