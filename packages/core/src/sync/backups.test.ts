import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { backUp, type BackupPlace } from "./backups.ts";

/** A file system other than the temporary folder's, where there is one. */
const OTHER = "/dev/shm";
const hasOther = existsSync(OTHER) && statSync(OTHER).dev !== statSync(tmpdir()).dev;

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
  skip(!hasOther, "needs a second file system at /dev/shm");
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
