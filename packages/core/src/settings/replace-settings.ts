import { randomUUID } from "node:crypto";
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder, syncFolder } from "../durable.ts";

/**
 * Replaces the settings' file durably, as a whole or not at all. A link stays one, and so do the file's
 * permissions.
 * @param isUnchanged looks at the file once more, when the new text is on disk
 * @returns false where it was changed meanwhile; then nothing was replaced
 */
export function replaceSettings(file: string, text: string, isUnchanged: () => boolean): boolean {
  makeFolder(dirname(file));
  const stat = statSync(file, { throwIfNoEntry: false });
  const path = stat === undefined ? file : realpathSync(file);
  const temporary = join(dirname(path), `.config.toml.${randomUUID()}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: "wx", flush: true });
    if (stat !== undefined) chmodSync(temporary, stat.mode & 0o777);
    if (!isUnchanged()) return false;
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(path));
  return true;
}
