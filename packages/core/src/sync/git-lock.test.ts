import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { GitAtWork, isGitAtWork, isSharedByGit, requireNoGit, waitForGit } from "./git-lock.ts";
import { HEAD, openTestHome } from "./testing/test-home.ts";

/** A folder, and what puts files below it. */
function makeTree() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "skillmeat-git-")));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const put = (path: string, text = "") => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return join(root, path);
  };
  const collection = join(root, "tree", "tools", "work");
  mkdirSync(collection, { recursive: true });
  return { root, put, collection };
}

test("a folder that no work tree holds is never waited for", async () => {
  const { collection, root } = makeTree();
  expect(isGitAtWork(collection)).toBe(false);
  expect(isGitAtWork(join(root, "nowhere"))).toBe(false);
  await waitForGit(collection);
  expect(() => requireNoGit(collection)).not.toThrow();
});

test("git is at work while its lock stands, also where its folder came later", () => {
  const { put, collection } = makeTree();
  put("tree/.git/HEAD");
  expect(isGitAtWork(collection)).toBe(false);
  const lock = put("tree/.git/index.lock");
  expect(isGitAtWork(collection)).toBe(true);
  expect(() => requireNoGit(collection)).toThrow(GitAtWork);
  rmSync(lock);
  expect(isGitAtWork(collection)).toBe(false);
});

test("in a further work tree and in a submodule the lock is where `.git` says", () => {
  const { put, collection } = makeTree();
  put("tree/.git", "gitdir: ../main/.git/worktrees/tree\n");
  const lock = put("main/.git/worktrees/tree/index.lock");
  expect(isGitAtWork(collection)).toBe(true);
  put("tree/.git", "gitdir: ../main/.git/worktrees/tree");
  expect(isGitAtWork(collection)).toBe(true);
  for (const text of ["nothing that git writes", "# gitdir: ../main/.git/worktrees/tree\n"]) {
    put("tree/.git", text);
    expect(isGitAtWork(collection)).toBe(false);
  }
  put("tree/.git", "gitdir: ../main/.git/worktrees/tree\n");
  rmSync(lock);
  expect(isGitAtWork(collection)).toBe(false);
});

test("a collection is shared by git where it is a work tree, or is linked and in one", () => {
  const { put, collection } = makeTree();
  const isShared = (linked: boolean) =>
    isSharedByGit({
      folder: collection,
      manifest: join(collection, "collection.toml"),
      lock: "",
      backups: "",
      backupsKept: 0,
      linked,
    });
  expect([isShared(false), isShared(true)]).toEqual([false, false]);
  put("tree/.git/HEAD");
  expect([isShared(false), isShared(true)]).toEqual([false, true]);
  put("tree/tools/work/.git/HEAD");
  expect([isShared(false), isShared(true)]).toEqual([true, true]);
});

test.each([-60, 60])(
  "a lock that a killed git left, %d s away, is not waited for again and again",
  async (away) => {
    const { put, collection } = makeTree();
    const lock = put("tree/.git/index.lock");
    const time = Date.now() / 1000 + away;
    utimesSync(lock, time, time);
    expect(isGitAtWork(collection)).toBe(false);
    await waitForGit(collection);
  },
);

test("a lock is waited for until it is gone", async () => {
  const { put, collection } = makeTree();
  const lock = put("tree/.git/index.lock");
  let isGone = false;
  const waiting = waitForGit(collection).then(() => isGone);
  await turn();
  isGone = true;
  rmSync(lock);
  expect(await waiting).toBe(true);
});

test("a mutation is written once git is done, and takes in what git brought", async () => {
  const at = await openTestHome(HEAD);
  const lock = join(at.folder, ".git", "index.lock");
  await at.addGroup("A");
  mkdirSync(dirname(lock));
  writeFileSync(lock, "");
  const before = at.read();
  const writing = at.addGroup("B");
  await expect.poll(at.groupNames).toEqual(["A", "B"]);
  at.write(`${before}\n[[groups]]\nname = "From git"\nposition = 1\n`);
  expect(at.read()).not.toContain('"B"');
  rmSync(lock);
  expect(await writing).toEqual({ saved: true, reason: null });
  expect(at.read()).toContain('"From git"');
  expect(at.read()).toContain('"B"');
});
