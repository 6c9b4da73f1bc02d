import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import { SkillmeatError, systemCode } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { HomePaths } from "../paths.ts";
import type { Backup, BackupGetInput, BackupListInput } from "../schema/backup.ts";
import { collectionPaths } from "../settings/collection-paths.ts";

/** `20261122T135547.123Z-abcdef12.toml`: the time at which it was displaced, and its hash. */
const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)([\d.]+Z)-[0-9a-f]+\.toml$/;

/**
 * The backups of a collection, the newest first.
 * @throws SkillmeatError `not-found`
 */
export async function listBackups(
  cache: Cache,
  { collection }: BackupListInput,
): Promise<{ items: Backup[] }> {
  const { dir } = await requireCollection(cache.db, collection);
  return { items: backupsOf(cache.paths, dir) };
}

/** The backups of a collection by its directory name, the newest first. */
export function backupsOf(paths: HomePaths, dir: string): Backup[] {
  const folder = collectionPaths(paths, dir).backups;
  return namesIn(folder)
    .toSorted()
    .toReversed()
    .flatMap((name) => {
      const path = join(folder, name);
      const at = timeOf(name);
      // Another process may have dropped it just now.
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined || at === null) return [];
      const id = name.slice(0, -".toml".length);
      return [{ id, collection: dir, at, bytes: stat.size, path }];
    });
}

/**
 * A backup with its text.
 * @throws SkillmeatError `not-found`, `invalid-input` where more than one id begins with what was given
 */
export async function getBackup(
  cache: Cache,
  { collection, id }: BackupGetInput,
): Promise<Backup & { text: string }> {
  const { dir } = await requireCollection(cache.db, collection);
  const backup = findBackup(cache.paths, dir, id);
  return { ...backup, text: readFileSync(backup.path, "utf8") };
}

/**
 * A backup by its id, or by what that alone begins with.
 * @throws SkillmeatError as `getBackup`
 */
export function findBackup(paths: HomePaths, dir: string, id: string): Backup {
  const items = backupsOf(paths, dir);
  const found = items.filter((item) => item.id.startsWith(id));
  const [backup] = found;
  if (backup === undefined) throw noBackup(dir, id, items);
  if (found.length > 1) {
    throw new SkillmeatError(
      "invalid-input",
      `There are ${found.length} backups of "${dir}" that begin with "${id}"; give more of the id`,
      `skillmeat backup list --collection ${dir}`,
    );
  }
  return backup;
}

function noBackup(dir: string, id: string, items: readonly Backup[]): SkillmeatError {
  const meant = nearest(
    id,
    items.map((item) => item.id),
  );
  const guess = meant === null ? "" : `; did you mean "${meant}"?`;
  return new SkillmeatError(
    "not-found",
    `There is no backup "${id}" of the collection "${dir}"${guess}`,
    `skillmeat backup list --collection ${dir}`,
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

function timeOf(name: string): string | null {
  const [, year, month, day, hour, minute, second] = NAME.exec(name) ?? [];
  return year === undefined ? null : `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}
