import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { homePaths, type HomePaths } from "../paths.ts";
import { backupsOf, findBackup } from "./backup-files.ts";

const OLDER = "20260101T080910.123Z-0123abcd";
const NEWER = "20260102T000000.000Z-89abcdef";

/** A home without a cache, whose collection `work` has these backups. */
function homeWith(...ids: string[]): { paths: HomePaths; folder: string } {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-backups-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const paths = homePaths(root);
  const folder = join(paths.backups, "work");
  mkdirSync(folder, { recursive: true });
  for (const id of ids) writeFileSync(join(folder, `${id}.toml`), id);
  return { paths, folder };
}

test("backups are listed with time and size, the newest first, and nothing else that lies there", () => {
  const { paths, folder } = homeWith(OLDER, NEWER, "notes", "20260101-00", `${NEWER}.orig`);
  writeFileSync(join(folder, `${NEWER}.toml.orig`), "");
  writeFileSync(join(folder, `x${NEWER}.toml`), "");
  expect(backupsOf(paths, "work")).toEqual([
    {
      id: NEWER,
      collection: "work",
      at: "2026-01-02T00:00:00.000Z",
      bytes: NEWER.length,
      path: join(folder, `${NEWER}.toml`),
    },
    {
      id: OLDER,
      collection: "work",
      at: "2026-01-01T08:09:10.123Z",
      bytes: OLDER.length,
      path: join(folder, `${OLDER}.toml`),
    },
  ]);
  expect(backupsOf(paths, "other")).toEqual([]);
});

test("a backup that went while they are listed is left out", () => {
  const { paths, folder } = homeWith(OLDER);
  symlinkSync(join(folder, "gone"), join(folder, `${NEWER}.toml`));
  expect(backupsOf(paths, "work").map(({ id }) => id)).toEqual([OLDER]);
});

test("a backup is found by its id, or by what that alone begins with", () => {
  const { paths } = homeWith(OLDER, NEWER);
  for (const ref of [OLDER, "20260101"]) expect(findBackup(paths, "work", ref).id).toBe(OLDER);
  const hint = "skillmeat backup list --collection work";
  expect(() => findBackup(paths, "work", "2026")).toThrow(
    expect.objectContaining({
      code: "invalid-input",
      message: 'There are 2 backups of "work" that begin with "2026"; give more of the id',
      hint,
    }),
  );
  expect(() => findBackup(paths, "work", "89abcdef")).toThrow(
    expect.objectContaining({
      code: "not-found",
      message: 'There is no backup "89abcdef" of the collection "work"',
      hint,
    }),
  );
});
