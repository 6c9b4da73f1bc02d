import { readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { holdOpen } from "./displaced.ts";
import { takeLock } from "./lock.ts";
import { fingerprintOf, readManifestFile } from "./read-file.ts";
import { replaceFile, syncFile, syncFolder } from "./replace-file.ts";
import { nothingToKeep } from "./testing/keepers.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

const DESCRIPTORS = "/proc/self/fd";

/** What this process has open in a folder; null where the system does not tell. */
function openIn(folder: string): string[] | null {
  if (process.platform !== "linux") return null;
  return readdirSync(DESCRIPTORS).flatMap((name) => {
    try {
      const path = readlinkSync(join(DESCRIPTORS, name));
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return []; // The descriptor by which they are listed.
    }
  });
}

test("reading, replacing and locking leave nothing open, also where they fail", async ({
  skip,
}) => {
  const folder = temporaryFolder();
  skip(openIn(folder) === null, "only Linux tells what a process has open");
  const path = join(folder, "collection.toml");
  const broken = join(folder, "broken.toml");
  writeFileSync(path, "old");
  writeFileSync(broken, Buffer.from([0xff]));
  const swap = { beforeSwap: async () => {}, keeper: nothingToKeep };

  expect(readManifestFile(path).state).toBe("present");
  expect(readManifestFile(broken).state).toBe("unreadable");
  expect(openIn(folder)).toEqual([]);

  expect(holdOpen(path, "another fingerprint")).toBeNull();
  await replaceFile({ path, text: "new", expected: fingerprintOf(path), ...swap });
  await replaceFile({ path, text: "newer", expected: "another fingerprint", ...swap });
  await syncFile(path);
  await syncFolder(folder);
  expect(openIn(folder)).toEqual([]);

  const lock = await takeLock(join(folder, "a.lock"), 0);
  expect(await takeLock(join(folder, "a.lock"), 0)).toBeNull();
  lock?.release();
  writeFileSync(broken, "not a database".repeat(100));
  await expect(takeLock(broken, 0)).rejects.toThrow("not a database");
  expect(openIn(folder)).toEqual([]);
});
