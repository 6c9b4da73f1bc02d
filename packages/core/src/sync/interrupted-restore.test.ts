import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Cache } from "../cache/open.ts";
import { createDisplacedFiles } from "../manifest/store/displaced.ts";
import { createGroup } from "../operations/groups.ts";
import { restoreBackup } from "./restore-backup.ts";
import { createGitAtWork } from "./testing/git-at-work.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const id = "20260101T000000.000Z-00000000";
const OLD = HEAD + groupRow("Old");
const PRESENT = HEAD + groupRow("Present");

/** A home with a backup of {@link OLD}. */
async function backedUp(): Promise<TestHome> {
  const at = await openTestHome(PRESENT);
  await at.groupNames();
  const backups = join(at.root, "backups", collection);
  mkdirSync(backups, { recursive: true });
  writeFileSync(join(backups, `${id}.toml`), OLD);
  return at;
}

/** Restores; when the rows are committed, and before the text is swapped in, something else happens. */
function restoreWhile(
  at: TestHome,
  happens: () => void,
  displaced = createDisplacedFiles(() => {}),
) {
  const { cache } = at.home;
  let isFirst = true;
  const raced: Cache = {
    ...cache,
    async transaction(work) {
      const result = await cache.transaction(work);
      if (isFirst) happens();
      isFirst = false;
      return result;
    },
  };
  return restoreBackup(raced, { collection, id }, displaced);
}

test("what somebody saved unseen goes with the restore, also where the swap is left to the next write", async () => {
  const at = await backedUp();
  const plain = { description: "", color: "", icon: "", members: [] };
  for (const name of ["A", "B"]) await createGroup(at.home.cache, { collection, name, ...plain });
  at.write(PRESENT + groupRow("Unseen"));
  const away = join(at.root, "away");
  const reply = await restoreWhile(at, () => renameSync(at.folder, away));
  expect(reply).toMatchObject({ saved: false });
  renameSync(away, at.folder);
  expect(await at.status()).toMatchObject({ unsaved: 3 });
  await at.reopen();
  await at.home.sync.flush();
  expect(await at.groupNames()).toEqual(["Old"]);
  expect(at.read()).not.toContain("Unseen");
});

test("a restore that git begins to work before waits for it", async () => {
  const at = await backedUp();
  const { begin, texts } = createGitAtWork(at);
  const reply = await restoreWhile(at, begin);
  expect(reply).toMatchObject({ saved: true, reason: null });
  expect(texts[0]).toBe(PRESENT);
  expect(at.read()).toBe(OLD);
});

test("what a program writes late into the text that a restore replaced is kept, and told of", async () => {
  const at = await backedUp();
  const notices: string[] = [];
  const displaced = createDisplacedFiles((text) => notices.push(text));
  const editor = openSync(at.manifest, "r+");
  await restoreWhile(at, () => {}, displaced);
  writeSync(editor, "# late");
  closeSync(editor);
  await displaced.end();
  expect(notices).toEqual([expect.stringContaining("its text lies in")]);
  // The backup made before is the replaced file itself; the other one is a copy.
  expect(at.backups().filter((text) => text.startsWith("# late"))).toHaveLength(2);
});

test("a cache that is lost meanwhile is not taken for a manifest that cannot be written", async () => {
  const at = await backedUp();
  const { cacheFile } = at.home.paths;
  const restoring = restoreWhile(at, () => {
    for (const end of ["", "-wal", "-shm"]) rmSync(cacheFile + end);
  });
  await expect(restoring).rejects.toMatchObject({ code: "cache-unusable" });
});
