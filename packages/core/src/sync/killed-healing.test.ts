import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openHome } from "../home.ts";
import { deleteGroup } from "../operations/groups.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const PARTS = ["", "-wal", "-shm"] as const;
type Part = (typeof PARTS)[number];

const ASIDE = "2026-01-01T00-00-00.000Z-abcdef";

function asidesFolder(at: TestHome): string {
  return join(at.home.paths.cacheDir, "broken");
}

/**
 * A home whose cache alone held group B, as a process leaves it that found that cache broken, moved these
 * parts of it aside, and was killed.
 */
async function homeOfKilled(...moved: Part[]): Promise<TestHome> {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.groupNames();
  at.write("[broken");
  expect(await at.addGroup("B")).toMatchObject({ saved: false });
  const { cacheDir, cacheFile } = at.home.paths;
  const kept = join(at.root, "kept");
  mkdirSync(kept);
  for (const part of PARTS) copyFileSync(cacheFile + part, join(kept, `cache.db${part}`));
  await at.home.close();
  rmSync(cacheDir, { recursive: true });
  mkdirSync(join(asidesFolder(at), ASIDE), { recursive: true });
  for (const part of PARTS) {
    const to = moved.includes(part) ? join(asidesFolder(at), ASIDE, `cache.db${part}`) : cacheFile;
    copyFileSync(join(kept, `cache.db${part}`), to === cacheFile ? cacheFile + part : to);
  }
  at.write(HEAD + groupRow("A"));
  return at;
}

function openFiles(): number {
  return readdirSync("/proc/self/fd").length;
}

/** Opens the home as the next process does; what it says is added to the notices. */
async function openNext(at: TestHome, notices: string[] = []): Promise<void> {
  at.home = await openHome({ root: at.root, onNotice: (text) => notices.push(text) });
}

describe("where the process that moved a broken cache aside was killed", () => {
  test.each([
    ["when all of it was moved", ["", "-wal", "-shm"]],
    ["when the database was moved, but not its log", [""]],
    ["when the log was moved, but not its index", ["", "-wal"]],
  ] as const)("%s, the next one takes over what was unsaved", async (_, moved) => {
    const at = await homeOfKilled(...moved);
    const notices: string[] = [];
    await openNext(at, notices);
    await at.home.sync.flush();
    expect(at.read()).toContain('name = "B"');
    expect(notices).toEqual([expect.stringContaining("nothing is lost")]);
    expect(readdirSync(asidesFolder(at))).toEqual([ASIDE]);
  });

  test("it is taken over once: what is deleted afterwards does not come back", async () => {
    const at = await homeOfKilled("", "-wal", "-shm");
    await openNext(at);
    expect(await at.groupNames()).toEqual(["A", "B"]);
    await deleteGroup(at.home.cache, { collection: "default", group: "B" });
    await at.home.close();
    const notices: string[] = [];
    await openNext(at, notices);
    expect(await at.groupNames()).toEqual(["A"]);
    expect(notices).toEqual([]);
  });

  test("what cannot be read is said once, too", async () => {
    const at = await homeOfKilled("", "-wal", "-shm");
    for (const part of ["", "-wal"]) {
      const broken = join(asidesFolder(at), ASIDE, `cache.db${part}`);
      rmSync(broken);
      copyFileSync(at.manifest, broken);
    }
    const notices: string[] = [];
    await openNext(at, notices);
    expect(await at.groupNames()).toEqual(["A"]);
    expect(notices).toEqual([expect.stringContaining("could not be read from it")]);
    await at.home.close();
    await openNext(at, notices);
    expect(notices).toHaveLength(1);
  });

  test("while the collections may not be looked into the home does not open, and then takes it over", async ({
    skip,
  }) => {
    skip(process.getuid?.() !== 0, "only root can become a user whom modes stop");
    const at = await homeOfKilled("", "-wal", "-shm");
    const { collections } = at.home.paths;
    execFileSync("chmod", ["-R", "a+rwX", at.root]);
    chmodSync(collections, 0);
    process.seteuid?.(65_534);
    onTestFinished(() => process.seteuid?.(0));
    await expect(openNext(at)).rejects.toThrow("EACCES");
    const before = openFiles();
    await expect(openNext(at)).rejects.toThrow("EACCES");
    expect(openFiles()).toBeLessThanOrEqual(before);
    process.seteuid?.(0);
    chmodSync(collections, 0o755);
    await openNext(at);
    expect(await at.groupNames()).toEqual(["A", "B"]);
    await at.home.close();
    expect(openFiles()).toBeLessThanOrEqual(before);
  });
});
