import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Exchange } from "./exchange.ts";
import { fingerprintOf, MISSING } from "./read-file.ts";
import { leftoversOf, replaceFile, syncFile, syncFolder } from "./replace-file.ts";
import { nothingToKeep } from "./testing/keepers.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

const isRoot = process.geteuid?.() === 0;
const NOBODY = 65_534;

/** A folder in which `collection.toml` is to be replaced. */
function setUp() {
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  const keeper = nothingToKeep;
  const replacement = { path, text: "new", beforeSwap: async () => {}, keeper };
  return {
    folder,
    path,
    replacement,
    left: () => readdirSync(folder),
    read: () => readFileSync(path, "utf8"),
  };
}

const never: Exchange = () => {
  throw new Error("nothing was to be exchanged");
};

/** Whether files of this process can be kept from growing, as by a disk that is full. */
function canLimitFiles(): boolean {
  try {
    execFileSync("prlimit", ["--version"]);
    return true;
  } catch {
    return false;
  }
}

const limitFiles = (bytes: string) =>
  execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:`]);

test("a new file says that it was changed before anybody else can have changed it", async () => {
  const { path, replacement, folder } = setUp();
  await replaceFile({ ...replacement, expected: MISSING });
  const { mtimeMs, ctimeMs } = statSync(path);
  expect(mtimeMs).toBeLessThan(ctimeMs);
  // So that one as long, saved in the same moment by a clock that is slow, is another one.
  expect(mtimeMs).toBeLessThan(statSync(folder).ctimeMs);
});

test("of several writers that make a missing file at once one is first, and the others are told", async () => {
  const { path, replacement, left, read } = setUp();
  const texts = Array.from({ length: 8 }, (_, index) => `text ${index}`);
  const all = Promise.withResolvers<void>();
  let ready = 0;
  const beforeSwap = () => {
    ready += 1;
    if (ready === texts.length) all.resolve();
    return all.promise;
  };
  const made = await Promise.all(
    texts.map((text) => replaceFile({ ...replacement, text, expected: MISSING, beforeSwap })),
  );
  expect(made.filter((one) => one !== null)).toEqual([fingerprintOf(path)]);
  expect(texts[made.findIndex((one) => one !== null)]).toBe(read());
  expect(left()).toEqual(["collection.toml"]);
});

test("a file that another program makes after the last look stays, and ours is not put there", async () => {
  const { folder, path, replacement, left, read } = setUp();
  const fifo = join(folder, "..", `${basename(folder)}.fifo`);
  execFileSync("mkfifo", [fifo]);
  onTestFinished(() => rmSync(fifo));
  const waiting: Promise<FileHandle>[] = [];
  const threads = Number(process.env["UV_THREADPOOL_SIZE"] ?? 4);
  const beforeSwap = async () => {
    // While all threads wait for somebody to open the other end, what comes next waits for them.
    for (let thread = 0; thread < threads; thread += 1) waiting.push(open(fifo, "r"));
    setImmediate(() => {
      writeFileSync(path, "theirs");
      const end = openSync(fifo, "r+");
      void Promise.all(waiting).finally(() => closeSync(end));
    });
  };
  const made = await replaceFile({ ...replacement, expected: MISSING, beforeSwap });
  for (const handle of await Promise.all(waiting)) await handle.close();
  expect(made).toBeNull();
  expect(read()).toBe("theirs");
  expect(left()).toEqual(["collection.toml"]);
});

test("what is missing is neither exchanged nor displaced", async () => {
  const { path, replacement, read } = setUp();
  const late = () => {
    throw new Error("nothing was displaced");
  };
  const keeper = { ...nothingToKeep, late };
  const more = { expected: MISSING, exchange: never, keeper };
  expect(await replaceFile({ ...replacement, ...more })).toBe(fingerprintOf(path));
  expect(read()).toBe("new");
});

test("a missing file that cannot be made is an error", async () => {
  const { folder, replacement } = setUp();
  const beforeSwap = async () => rmSync(folder, { recursive: true });
  await expect(replaceFile({ ...replacement, expected: MISSING, beforeSwap })).rejects.toThrow(
    /ENOENT.*, link/,
  );
});

test("where a file may not be linked it is renamed", async ({ skip }) => {
  const setting = "/proc/sys/fs/protected_hardlinks";
  const isProtected = existsSync(setting) && readFileSync(setting, "utf8").trim() === "1";
  skip(!isRoot || !isProtected, "only Linux refuses links to files of others");
  const { folder, path, replacement, left, read } = setUp();
  chmodSync(folder, 0o777);
  const beforeSwap = async () => {
    process.seteuid?.(0);
    for (const temporary of await leftoversOf(path)) {
      chmodSync(temporary, 0o600);
      chownSync(temporary, 0, 0);
    }
    process.seteuid?.(NOBODY);
  };
  process.seteuid?.(NOBODY);
  try {
    const made = await replaceFile({ ...replacement, expected: MISSING, beforeSwap });
    expect(made).not.toBeNull();
  } finally {
    process.seteuid?.(0);
  }
  expect(read()).toBe("new");
  expect(left()).toEqual(["collection.toml"]);
});

test("a text that another program saved before the swap is not even touched", async () => {
  const { path, replacement, read } = setUp();
  writeFileSync(path, "old");
  const expected = fingerprintOf(path);
  const beforeSwap = async () => writeFileSync(path, "theirs");
  const made = await replaceFile({ ...replacement, expected, beforeSwap, exchange: never });
  expect(made).toBeNull();
  expect(read()).toBe("theirs");
});

test("an exchange that fails leaves the old file, and nothing beside it", async () => {
  const { path, replacement, left, read } = setUp();
  writeFileSync(path, "old");
  const expected = fingerprintOf(path);
  const exchange: Exchange = () => {
    throw Object.assign(new Error("EIO: i/o error, exchange"), { code: "EIO" });
  };
  await expect(replaceFile({ ...replacement, expected, exchange })).rejects.toThrow("EIO");
  expect(read()).toBe("old");
  expect(left()).toEqual(["collection.toml"]);
});

test("a disk that has room for a part of the text leaves the old file, and nothing beside it", async ({
  skip,
}) => {
  skip(!canLimitFiles(), "prlimit is not installed");
  const { path, replacement, left, read } = setUp();
  writeFileSync(path, "old");
  const expected = fingerprintOf(path);
  limitFiles("10");
  try {
    const replacing = replaceFile({ ...replacement, expected, text: "longer than ten bytes" });
    await expect(replacing).rejects.toThrow("EFBIG");
  } finally {
    limitFiles("unlimited");
  }
  expect(read()).toBe("old");
  expect(left()).toEqual(["collection.toml"]);
});

test("owner and group stay, each by itself", async ({ skip }) => {
  skip(!isRoot, "only root can own files of others");
  for (const [uid, gid] of [
    [NOBODY, 0],
    [0, NOBODY],
  ] as const) {
    const { path, replacement } = setUp();
    writeFileSync(path, "old");
    chownSync(path, uid, gid);
    await replaceFile({ ...replacement, expected: fingerprintOf(path) });
    expect(statSync(path)).toMatchObject({ uid, gid });
  }
});

test("what cannot be made durable is an error", async ({ skip }) => {
  const { folder, path } = setUp();
  await expect(syncFolder(path)).rejects.toThrow("ENOENT");
  await expect(syncFile(path)).rejects.toThrow("ENOENT");
  mkdirSync(path);
  await syncFolder(path);
  await syncFolder(folder);
  skip(
    process.platform !== "linux",
    "only Linux refuses to make its devices and processes durable",
  );
  await expect(syncFolder("/proc/self")).rejects.toThrow("EINVAL");
  await expect(syncFile("/dev/null")).rejects.toThrow("EINVAL");
});
