import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeLock } from "./lock.ts";
import { fingerprintOf, MISSING, readManifestFile } from "./read-file.ts";
import { leftoversOf, removeIfPossible, replaceFile, syncFile } from "./replace-file.ts";
import { nothingToKeep } from "./testing/keepers.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

const NOBODY = 65_534;
const isRoot = process.geteuid?.() === 0;

/** Runs something as a user without rights, which only root can do. */
async function asNobody<T>(work: () => T | Promise<T>): Promise<T> {
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

const swap = { beforeSwap: async () => {}, keeper: nothingToKeep };

test("a file is told from another by kind, size, time and inode", () => {
  const folder = temporaryFolder();
  const path = join(folder, "a");
  expect(fingerprintOf(path)).toBe(MISSING);
  expect(fingerprintOf(join(path, "below"))).toBe(MISSING);
  writeFileSync(path, "text");
  const file = fingerprintOf(path);
  expect(fingerprintOf(path)).toBe(file);
  expect(fingerprintOf(join(path, "below a file"))).toBe(MISSING);
  writeFileSync(path, "longer text");
  expect(fingerprintOf(path)).not.toBe(file);
  expect(fingerprintOf(folder)).toMatch(/^a folder:/);
});

test("only a regular file of up to 64 MB and valid UTF-8 is read", () => {
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  expect(readManifestFile(path)).toEqual({ state: "missing", fingerprint: MISSING });
  writeFileSync(path, "");
  expect(readManifestFile(path)).toMatchObject({ state: "empty" });
  writeFileSync(path, "\uFEFFé = 1\n");
  expect(readManifestFile(path)).toMatchObject({ state: "present", text: "\uFEFFé = 1\n" });
  writeFileSync(path, Buffer.concat([Buffer.from("a = 1\nb = "), Buffer.from([0xff])]));
  expect(readManifestFile(path)).toMatchObject({
    state: "unreadable",
    problem: { line: 2, column: 5, message: "it is not valid UTF-8 from here on" },
  });
  truncateSync(path, 64 * 1024 * 1024 + 1);
  expect(readManifestFile(path)).toMatchObject({ problem: { message: "it is larger than 64 MB" } });
  expect(readManifestFile("/dev/null")).toMatchObject({
    problem: { message: "it is a device or socket and not a regular file" },
  });
  symlinkSync(path, join(folder, "link"));
  expect(readManifestFile(join(folder, "link"))).toMatchObject({
    problem: { message: "it is a symbolic link and not a regular file" },
  });
});

test("a file that may not be read is unreadable", async ({ skip }) => {
  skip(!isRoot, "only root can take a right away from the test");
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  chmodSync(folder, 0o755);
  writeFileSync(path, "a = 1\n", { mode: 0o600 });
  const file = await asNobody(() => readManifestFile(path));
  expect(file).toMatchObject({ state: "unreadable", problem: { line: 0 } });
  mkdirSync(join(folder, "closed"), { mode: 0o700 });
  const below = join(folder, "closed", "collection.toml");
  expect(await asNobody(() => readManifestFile(below))).toMatchObject({ state: "unreadable" });
});

test("owner and mode stay, as far as the writer may keep them", async ({ skip }) => {
  skip(!isRoot, "only root can own files of others");
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  writeFileSync(path, "old");
  chownSync(path, NOBODY, NOBODY);
  chmodSync(path, 0o604);
  await replaceFile({ path, text: "new", expected: fingerprintOf(path), ...swap });
  expect(statSync(path)).toMatchObject({ uid: NOBODY, gid: NOBODY });
  expect(statSync(path).mode & 0o777).toBe(0o604);

  chownSync(path, 0, 0);
  chmodSync(folder, 0o777);
  await asNobody(() =>
    replaceFile({ path, text: "newer", expected: fingerprintOf(path), ...swap }),
  );
  expect(readFileSync(path, "utf8")).toBe("newer");
  expect(statSync(path).uid).toBe(NOBODY);
});

test("a folder that may not be written leaves the old file and an error", async ({ skip }) => {
  skip(!isRoot, "root is not stopped by modes");
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  writeFileSync(path, "old");
  chmodSync(folder, 0o555);
  const expected = fingerprintOf(path);
  await expect(
    asNobody(() => replaceFile({ path, text: "new", expected, ...swap })),
  ).rejects.toThrow("EACCES");
  expect(readFileSync(path, "utf8")).toBe("old");
});

test("a swap that fails says why, also where its temporary file cannot be removed", async ({
  skip,
}) => {
  skip(!isRoot, "root is not stopped by modes");
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  writeFileSync(path, "old");
  chmodSync(folder, 0o777);
  const expected = fingerprintOf(path);
  const beforeSwap = async () => {
    process.seteuid?.(0);
    chmodSync(folder, 0o555);
    process.seteuid?.(NOBODY);
  };
  await asNobody(async () => {
    const replacing = replaceFile({
      path,
      text: "new",
      expected,
      beforeSwap,
      keeper: nothingToKeep,
    });
    await expect(replacing).rejects.toThrow(/EACCES: permission denied, (rename|exchange)/);
    for (const leftover of await leftoversOf(path)) removeIfPossible(leftover);
  });
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder)).toHaveLength(2);
});

test("what must happen before the swap and fails leaves the old file alone", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  writeFileSync(path, "old");
  const beforeSwap = () => Promise.reject(new Error("no intent"));
  const expected = fingerprintOf(path);
  await expect(
    replaceFile({ path, text: "new", expected, beforeSwap, keeper: nothingToKeep }),
  ).rejects.toThrow("intent");
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["collection.toml"]);
});

test.for<[string, (path: string) => void]>([
  ["another text", (path) => writeFileSync(path, "another")],
  ["a symbolic link", (path) => symlinkSync("elsewhere", path)],
  ["a FIFO", (path) => execFileSync("mkfifo", [path])],
  ["a folder", (path) => mkdirSync(path)],
])("%s that comes before the swap is not replaced", async ([, put]) => {
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  for (const old of ["old", null]) {
    if (old !== null) writeFileSync(path, old);
    const expected = fingerprintOf(path);
    const beforeSwap = async () => {
      rmSync(path, { force: true });
      put(path);
    };
    expect(
      await replaceFile({ path, text: "new", expected, beforeSwap, keeper: nothingToKeep }),
    ).toBeNull();
    expect(readdirSync(folder)).toEqual(["collection.toml"]);
    expect(fingerprintOf(path)).not.toBe(expected);
    rmSync(path, { recursive: true });
  }
});

test("a file that is missing is made, and made durable", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  const fingerprint = await replaceFile({ path, text: "new", expected: MISSING, ...swap });
  expect(fingerprint).toBe(fingerprintOf(path));
  expect(readFileSync(path, "utf8")).toBe("new");
  await syncFile(path);
  expect(readdirSync(folder)).toEqual(["collection.toml"]);
});

test("only a crashed writer's own files are leftovers", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  for (const name of [".collection.toml.tmp-1f", "collection.toml.bak", ".collection.toml.swp"]) {
    writeFileSync(join(folder, name), "");
  }
  expect(await leftoversOf(path)).toEqual([join(folder, ".collection.toml.tmp-1f")]);
  expect(await leftoversOf(join(folder, "nowhere", "collection.toml"))).toEqual([]);
});

test("a lock leaves no file but its own", async () => {
  const folder = temporaryFolder();
  const lock = await takeLock(join(folder, "a.lock"), 0);
  expect(readdirSync(folder)).toEqual(["a.lock"]);
  lock?.release();
  expect(readdirSync(folder)).toEqual(["a.lock"]);
});

test("a lock is one holder's at a time, and an error where its file cannot be made", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "locks", "a.lock");
  const lock = await takeLock(file, 0);
  expect(await takeLock(file, 15)).toBeNull();
  lock?.release();
  const next = await takeLock(file, 0);
  expect(next).not.toBeNull();
  next?.release();
  writeFileSync(join(folder, "file"), "not a database".repeat(100));
  await expect(takeLock(join(folder, "file"), 0)).rejects.toThrow("not a database");
  await expect(takeLock(join(folder, "file", "below"), 0)).rejects.toThrow("EEXIST");
});
