import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeLock } from "../manifest/store/lock.ts";
import { groupRow, HEAD, openTestHome } from "./testing/test-home.ts";

/** Leaves beside the manifest what a writer left that was killed. */
function leave(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, `.collection.toml.tmp-${name}`), text);
}

test("what killed writers left goes, but a text whose place one had taken is kept", async () => {
  const at = await openTestHome(HEAD);
  const theirs = HEAD + groupRow("Theirs");
  leave(at.folder, "same", HEAD);
  leave(at.folder, "half", '[[groups]]\nname = "Ha');
  leave(at.folder, "empty", "");
  leave(at.folder, "theirs", theirs);
  await at.groupNames();
  expect(readdirSync(at.folder)).toEqual(["collection.toml"]);
  expect(at.backups()).toEqual([theirs]);
  expect(await at.addGroup("A")).toEqual({ saved: true, reason: null });
});

test("the base is nothing to keep", async () => {
  const at = await openTestHome(HEAD);
  await at.addGroup("A");
  const text = at.read();
  at.write(`${text}# by hand\n`);
  await at.reopen();
  leave(at.folder, "base", text);
  await at.groupNames();
  expect(readdirSync(at.folder)).toEqual(["collection.toml"]);
  expect(existsSync(join(at.root, "backups"))).toBe(false);
});

test("while another process writes nothing is taken from under it", async () => {
  const at = await openTestHome(HEAD);
  leave(at.folder, "theirs", "x = 1\n");
  mkdirSync(join(at.root, "locks"), { recursive: true });
  const lock = await takeLock(join(at.root, "locks", "default.lock"), 0);
  await at.home.sync.ready("default");
  expect(readdirSync(at.folder)).toHaveLength(2);
  lock?.release();
});
