import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { backupId, backUp, backUpText, type BackupPlace } from "./backups.ts";

/** A folder of a file system other than the temporary folder's, where there is one. */
const OTHER = ["/dev/shm", "/tmp"].find(
  (folder) => existsSync(folder) && statSync(folder).dev !== statSync(tmpdir()).dev,
);

function temporaryFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, "skillmeat-backups-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function placeIn(folder: string): BackupPlace {
  return { backups: join(folder, "backups"), backupsKept: 2 };
}

test("a backup is the file's own inode, so that a late writer's bytes are kept, too", async () => {
  const folder = temporaryFolder(tmpdir());
  const manifest = join(folder, "collection.toml");
  writeFileSync(manifest, "old");
  const backup = await backUp(manifest, placeIn(folder), "0123456789");
  writeFileSync(manifest, "late");
  expect(readFileSync(backup, "utf8")).toBe("late");
  expect(backup).toMatch(/-01234567\.toml$/);
});

test("a backup on another file system is a copy", async ({ skip }) => {
  if (OTHER === undefined) return skip("needs a second file system, at /dev/shm");
  const folder = temporaryFolder(tmpdir());
  const manifest = join(folder, "collection.toml");
  writeFileSync(manifest, "old");
  const backup = await backUp(manifest, placeIn(temporaryFolder(OTHER)), "0123456789");
  expect(readFileSync(backup, "utf8")).toBe("old");
});

test("what cannot be backed up is an error, and so is not displaced", async () => {
  const folder = temporaryFolder(tmpdir());
  await expect(backUp(join(folder, "none"), placeIn(folder), "00")).rejects.toThrow("ENOENT");
});

test("a text that lies in no file is kept whole, named by its hash as all are", async () => {
  const place = placeIn(temporaryFolder(tmpdir()));
  const path = await backUpText(place, Buffer.from("late"));
  expect(readFileSync(path, "utf8")).toBe("late");
  // The beginning of the text's SHA-256.
  expect(backupId(path)).toMatch(/^\d{8}T\d{6}\.\d{3}Z-089001a3$/);
});

test("a text that is kept many times at the same moment is there as often", async () => {
  const place = { ...placeIn(temporaryFolder(tmpdir())), backupsKept: 20 };
  const text = Buffer.from("late");
  const before = new Date().toISOString().replace(/[-:]/g, "");
  const paths = await Promise.all(Array.from({ length: 9 }, () => backUpText(place, text)));
  expect(new Set(paths).size).toBe(9);
  for (const path of paths) expect(backupId(path) >= before).toBe(true);
  expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(paths.map(() => "late"));
});

test("a text that cannot be kept is an error, and is not tried for ever", async ({ skip }) => {
  if (!existsSync("/proc/self")) return skip("needs a folder that takes no files, as /proc is");
  const place = placeIn(temporaryFolder(tmpdir()));
  symlinkSync("/proc/self", place.backups);
  await expect(backUpText(place, Buffer.from("late"))).rejects.toThrow("ENOENT");
});

test("a file that is kept twice at the same moment is there, whichever came first", async () => {
  const folder = temporaryFolder(tmpdir());
  const manifest = join(folder, "collection.toml");
  writeFileSync(manifest, "old");
  const place = { ...placeIn(folder), backupsKept: 20 };
  const paths = await Promise.all(Array.from({ length: 9 }, () => backUp(manifest, place, "00")));
  expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(paths.map(() => "old"));
});

test.each([
  { kept: 1, stay: [] },
  { kept: 2, stay: ["20260102T000000.000Z-00.toml"] },
  { kept: 4, stay: ["20260101T000000.000Z-00.toml", "20260102T000000.000Z-00.toml"] },
])("of $kept that may be kept the newest are, and nothing else there goes", async (each) => {
  const folder = temporaryFolder(tmpdir());
  const place = { ...placeIn(folder), backupsKept: each.kept };
  mkdirSync(place.backups);
  const others = ["20250101-notes", "old.toml.orig"];
  for (const name of [...others, "20260102T000000.000Z-00.toml", "20260101T000000.000Z-00.toml"]) {
    writeFileSync(join(place.backups, name), "");
  }
  const made = await backUpText(place, Buffer.from("new"));
  expect(readdirSync(place.backups).toSorted()).toEqual(
    [...others, ...each.stay, `${backupId(made)}.toml`].toSorted(),
  );
});
