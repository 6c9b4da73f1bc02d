import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openFollowedHome } from "./testing.ts";
import { createWatchedFolders } from "./watched-folders.ts";

/** A followed home, and what puts files into its collection. */
async function openWatchedHome() {
  const at = await openFollowedHome();
  const folder = join(at.home.paths.collections, "default");
  const manifest = join(folder, "collection.toml");
  at.events.watch();
  const seen = (message: string) => at.lines.filter((line) => line.message === message);
  return {
    ...at,
    folder,
    seen,
    read: () => readFileSync(manifest, "utf8"),
    /** Saves as most editors do. */
    save(text: string) {
      writeFileSync(`${manifest}~`, text);
      renameSync(`${manifest}~`, manifest);
    },
    put(path: string, text: string) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
  };
}

const groupRow = (name: string) => `\n[[groups]]\nname = "${name}"\n`;

test("a hand edit arrives without any call, saved by a rename or in place, again and again", async () => {
  const { follow, read, save, seen } = await openWatchedHome();
  const follower = await follow();
  await follower.next("state");
  for (const name of ["A", "B", "C"]) {
    save(read() + groupRow(name));
    const { change } = await follower.next("change");
    expect(change).toMatchObject({ origin: "file", collection: "default" });
    expect(change.touched).toMatchObject([{ kind: "group", name, change: "added" }]);
  }
  await expect.poll(() => seen("external edit").length, { timeout: 30_000 }).toBe(3);
});

test("own writes are not reported as edits from elsewhere", async () => {
  const { api, follow, read, save, seen } = await openWatchedHome();
  const follower = await follow();
  await follower.next("state");
  for (const name of ["A", "B", "C"]) await api.groups.create({ name });
  save(read() + groupRow("By hand"));
  const { change } = await follower.next("change", (event) => event.change.origin === "file");
  expect(change.touched).toMatchObject([{ name: "By hand" }]);
  await expect.poll(() => seen("external edit").length, { timeout: 30_000 }).toBe(1);
});

test("a skill that is put into the folder arrives, and what is changed in it", async () => {
  const { api, follow, put } = await openWatchedHome();
  const follower = await follow();
  await follower.next("state");
  const titleOf = async () => (await api.artifacts.list({})).items.map(({ title }) => title);
  put("skills/pdf/SKILL.md", "---\ntitle: One\n---\n");
  await expect.poll(titleOf, { timeout: 30_000 }).toEqual(["One"]);
  put("skills/pdf/SKILL.md", "---\ntitle: Two\n---\n");
  await expect.poll(titleOf, { timeout: 30_000 }).toEqual(["Two"]);
});

test("a folder that is away for a moment, and one that comes, are watched from then on", async () => {
  const { home, follow, folder, read, save } = await openWatchedHome();
  const follower = await follow();
  await follower.next("state");
  const text = read();
  renameSync(folder, `${home.root}/aside`);
  await follower.next("state", ({ status }) => status.state === "missing");
  renameSync(`${home.root}/aside`, folder);
  await follower.next("state", ({ status }) => status.state === "clean");
  save(text + groupRow("A"));
  await follower.next("change", ({ change }) => change.origin === "file");
  const work = join(home.paths.collections, "work");
  mkdirSync(work);
  writeFileSync(join(work, "collection.toml"), text);
  const { status } = await follower.next("state", (event) => event.status.name === "work");
  expect(status.state).toBe("clean");
});

test("nothing is looked at while git is at work, and everything once it is done", async () => {
  const { home, follow, folder, put, read, save } = await openWatchedHome();
  const follower = await follow();
  await follower.next("state");
  const text = read();
  put(".git/index.lock", "");
  save("");
  expect((await home.sync.status()).collections).toMatchObject([{ state: "clean" }]);
  save(text + groupRow("From git"));
  rmSync(join(folder, ".git", "index.lock"));
  const { change } = await follower.next("change");
  expect(change.touched).toMatchObject([{ name: "From git", change: "added" }]);
});

test("a state that a person has to mend is one line of the log", async () => {
  const { follow, save, seen, read } = await openWatchedHome();
  const follower = await follow();
  await follower.next("state");
  const text = read();
  save("<<<<<<< HEAD\n");
  await expect.poll(() => seen("manifest").length, { timeout: 30_000 }).toBe(1);
  expect(seen("manifest")[0]?.record).toMatchObject({ collection: "default", state: "unreadable" });
  save(text);
  await expect.poll(() => seen("manifest").length, { timeout: 30_000 }).toBe(2);
});

test("a folder that cannot be watched is told, and the others are watched", async () => {
  const { folder } = await openWatchedHome();
  const events: string[] = [];
  const watched = createWatchedFolders((path) => events.push(path));
  expect(watched.set([folder, join(folder, "nowhere")])).toBeNull();
  writeFileSync(join(folder, "note"), "");
  await expect.poll(() => events, { timeout: 30_000 }).toContain(folder);
  expect(watched.set([])).toBeNull();
});
