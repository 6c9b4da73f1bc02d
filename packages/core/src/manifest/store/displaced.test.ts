import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDisplacedFiles, holdOpen, type Displaced } from "./displaced.ts";
import { fingerprintOf } from "./read-file.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

/** A file that is held open, and what was told of it. */
function hold(folder: string, name = "collection.toml") {
  const path = join(folder, name);
  writeFileSync(path, `old ${name}`);
  const file = holdOpen(path, fingerprintOf(path));
  if (file === null) throw new Error("It cannot be opened");
  return { path, file };
}

function watchOver() {
  const kept: string[] = [];
  const notices: string[] = [];
  const files = createDisplacedFiles((text) => notices.push(text));
  const watch = (file: Displaced) =>
    files.watch(file, async (text) => {
      kept.push(text.toString());
      return "backups/one.toml";
    });
  return { kept, notices, files, watch };
}

test("what is written into a displaced file is kept, and told with its place", async () => {
  const { path, file } = hold(temporaryFolder());
  const { kept, notices, files, watch } = watchOver();
  watch(file);
  writeFileSync(path, "late");
  await files.end();
  expect(kept).toEqual(["late"]);
  expect(notices).toEqual([
    "Another program wrote into collection.toml while that was replaced; its text lies in backups/one.toml",
  ]);
  expect(() => file.lateText()).toThrow("EBADF");
});

test("what nobody wrote into, or emptied, is let go without a word", async () => {
  const folder = temporaryFolder();
  const { kept, notices, files, watch } = watchOver();
  const untouched = hold(folder);
  const emptied = hold(folder, "other.toml");
  for (const { file } of [untouched, emptied]) watch(file);
  truncateSync(emptied.path, 0);
  await files.end();
  expect([...kept, ...notices]).toEqual([]);
  for (const { file } of [untouched, emptied]) expect(() => file.lateText()).toThrow("EBADF");
});

test("what cannot be kept is told with the reason", async () => {
  const { path, file } = hold(temporaryFolder());
  const { notices, files } = watchOver();
  files.watch(file, () => Promise.reject(new Error("the disk is full")));
  writeFileSync(path, "late");
  await files.end();
  expect(notices).toEqual([
    "Another program wrote into collection.toml while that was replaced; its text could not be kept: the disk is full",
  ]);
});

test("256 files are watched at most; then the oldest is looked at for the last time", async () => {
  const folder = temporaryFolder();
  const { kept, files, watch } = watchOver();
  for (let index = 0; index < 256; index += 1) {
    const { path, file } = hold(folder, `${index}`);
    writeFileSync(path, `late ${index}`);
    watch(file);
  }
  expect(kept).toEqual([]);
  watch(hold(folder, "one more").file);
  expect(kept).toEqual(["late 0"]);
  await files.end();
  expect(kept).toHaveLength(256);
});

test("of large files fewer are watched: 256 MB of them", async () => {
  const folder = temporaryFolder();
  const { kept, files, watch } = watchOver();
  for (let index = 0; index < 3; index += 1) {
    const { path, file } = hold(folder, `${index}`);
    writeFileSync(path, `late ${index}`);
    watch({ ...file, bytes: 100 * 1024 * 1024 });
  }
  expect(kept).toEqual(["late 0"]);
  await files.end();
  expect(kept).toHaveLength(3);
});

test("the end waits for what is being kept, also of files that are watched no more", async () => {
  const folder = temporaryFolder();
  const kept: string[] = [];
  const { files } = watchOver();
  const begun = Promise.withResolvers<void>();
  for (let index = 0; index < 257; index += 1) {
    const { path, file } = hold(folder, `${index}`);
    if (index === 0) writeFileSync(path, "late");
    files.watch(file, async (text) => {
      await begun.promise;
      kept.push(text.toString());
      return "backups/one.toml";
    });
  }
  setImmediate(() => begun.resolve());
  await files.end();
  expect(kept).toEqual(["late"]);
});

test("a file that is another one by now, or gone, is not held", async () => {
  const { path, file } = hold(temporaryFolder());
  await file.release();
  expect(holdOpen(path, "another fingerprint")).toBeNull();
  expect(holdOpen(`${path}.gone`, "")).toBeNull();
});
