import { expect, test } from "vitest";
import { getCollection, updateCollection } from "../operations/collections.ts";
import { HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";

async function shownAs(at: TestHome): Promise<string> {
  await at.home.sync.ready(collection);
  return (await getCollection(at.home.cache, { collection })).displayName;
}

async function rename(at: TestHome, displayName: string) {
  await at.home.sync.ready(collection);
  await updateCollection(at.home.cache, { collection, displayName });
  return at.home.sync.syncCollection(collection);
}

const named = (name: string) => HEAD.replace("Mine", name);

test("a display name is written, alone, and is back after the cache is deleted", async () => {
  const text = `# mine\n${HEAD}# the end\n`;
  const at = await openTestHome(text);
  expect(await rename(at, "Ours")).toEqual({ saved: true, reason: null });
  const updated = /^updated = .*$/m;
  expect(at.read().replace(updated, "")).toBe(text.replace("Mine", "Ours").replace(updated, ""));
  await at.reopen({ withoutCache: true });
  expect(await shownAs(at)).toBe("Ours");
});

test("a display name that is written is the file's again: an edit of it is taken", async () => {
  const at = await openTestHome(HEAD);
  await rename(at, "Ours");
  at.write(named("Theirs"));
  expect(await shownAs(at)).toBe("Theirs");
  await at.addGroup("A");
  expect(at.read()).toContain('name = "Theirs"');
});

test("a display name that could not be written stands against an edit, and is written over its backup", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  at.write("[broken");
  expect(await rename(at, "Ours")).toMatchObject({ saved: false });
  at.write(named("Theirs"));
  expect(await shownAs(at)).toBe("Ours");
  expect(await at.status()).toMatchObject({ state: "pending" });
  await at.home.sync.flush(collection);
  expect(at.read()).toContain('name = "Ours"');
  expect(at.backups().join("")).toContain('name = "Theirs"');
  expect(await at.status()).toMatchObject({ state: "clean", unsaved: 0 });
});

test("a display name that somebody wrote as well is no difference", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  at.write("[broken");
  await rename(at, "Ours");
  at.write(named("Ours"));
  expect(await shownAs(at)).toBe("Ours");
  at.write(named("Theirs"));
  expect(await shownAs(at)).toBe("Theirs");
});
