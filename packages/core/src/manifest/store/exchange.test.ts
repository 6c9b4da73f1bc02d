import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createDisplacedFiles, type Displaced } from "./displaced.ts";
import { loadExchange, type Exchange } from "./exchange.ts";
import { fingerprintOf } from "./read-file.ts";
import { replaceFile, type Keeper, type Replacement } from "./replace-file.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

const available = await loadExchange();
const reason = "this system cannot exchange two files, or koffi is not installed";
const plain: Exchange = available ?? (() => false);

/** A file to be replaced, and all that was kept of others. */
function setUp() {
  const folder = temporaryFolder();
  const path = join(folder, "collection.toml");
  writeFileSync(path, "old");
  const kept: string[] = [];
  const copies: string[] = [];
  const held: Displaced[] = [];
  const keeper: Keeper = {
    file: async (other) => void kept.push(readFileSync(other, "utf8")),
    text: async (text) => void copies.push(text.toString()),
    late: (file) => void held.push(file),
  };
  onTestFinished(async () => {
    for (const file of held) await file.release();
  });
  const replacement: Replacement = {
    path,
    text: "ours",
    expected: fingerprintOf(path),
    beforeSwap: async () => {},
    keeper,
  };
  const save = (text: string) => {
    writeFileSync(join(folder, "edited"), text);
    renameSync(join(folder, "edited"), path);
  };
  const left = () => readdirSync(folder);
  return {
    path,
    kept,
    copies,
    held,
    keeper,
    replacement,
    save,
    left,
    read: () => readFileSync(path, "utf8"),
  };
}

/** Runs something before each of the first exchanges. */
function before(...steps: readonly (() => void)[]): Exchange {
  const rest = [...steps];
  return (a, b) => {
    rest.shift()?.();
    return plain(a, b);
  };
}

test("Linux and macOS have an exchange where koffi is installed", async ({ skip }) => {
  const isInstalled = await import("koffi").then(
    () => true,
    () => false,
  );
  skip(!isInstalled || !["linux", "darwin"].includes(process.platform), reason);
  expect(await loadExchange()).toBeTypeOf("function");
});

test("two files change places", ({ skip }) => {
  skip(available === null, reason);
  const { path, replacement, save, read } = setUp();
  const other = `${path}.other`;
  writeFileSync(other, "other");
  expect(plain(path, other)).toBe(true);
  expect([read(), readFileSync(other, "utf8")]).toEqual(["other", "old"]);
  expect(() => plain(path, `${path}.none`)).toThrow(
    expect.objectContaining({ code: "ENOENT", message: expect.stringContaining("exchange") }),
  );
  save("again");
  expect(replacement.expected).not.toBe(fingerprintOf(path));
});

test("two places of which the system says that they cannot be exchanged are no error", ({
  skip,
}) => {
  skip(available === null, reason);
  const { path, read } = setUp();
  expect(plain(dirname(path), path)).toBe(false);
  expect(read()).toBe("old");
});

test("a text that is saved after the last look is put back, and nothing is left", async ({
  skip,
}) => {
  skip(available === null, reason);
  for (const how of ["rename", "in place"] as const) {
    const { path, replacement, save, read, left, kept } = setUp();
    const edit = () => (how === "rename" ? save("theirs") : writeFileSync(path, "theirs"));
    expect(await replaceFile({ ...replacement, exchange: before(edit) })).toBeNull();
    expect(read()).toBe("theirs");
    expect(left()).toEqual(["collection.toml"]);
    expect(kept).toEqual([]);
  }
});

test("of two texts that are saved within that moment one is put back and one is kept", async ({
  skip,
}) => {
  skip(available === null, reason);
  const { replacement, save, read, left, kept } = setUp();
  const exchange = before(
    () => save("first"),
    () => save("second"),
  );
  expect(await replaceFile({ ...replacement, exchange })).toBeNull();
  expect([read(), ...kept].toSorted()).toEqual(["first", "second"]);
  expect(left()).toEqual(["collection.toml"]);
});

test("a text whose place was taken is kept also where a program that never read it saves over it", async ({
  skip,
}) => {
  skip(available === null, reason);
  const { replacement, save, read, left, kept, copies } = setUp();
  const exchange: Exchange = (a, b) => {
    const isFirst = read() === "old";
    if (isFirst) save("theirs");
    const isDone = plain(a, b);
    if (!isFirst) save("of ours");
    return isDone;
  };
  expect(await replaceFile({ ...replacement, exchange })).toBeNull();
  expect(read()).toBe("of ours");
  expect([...kept, ...copies]).toEqual(["theirs"]);
  expect(left()).toEqual(["collection.toml"]);
});

test("what a program writes into the new text after that gave the place back is kept", async ({
  skip,
}) => {
  skip(available === null, reason);
  const { path, replacement, save, read, held } = setUp();
  let open = -1;
  const exchange = before(
    () => save("theirs"),
    () => (open = openSync(path, "r+")),
  );
  expect(await replaceFile({ ...replacement, exchange })).toBeNull();
  writeSync(open, "late");
  closeSync(open);
  expect(read()).toBe("theirs");
  expect(held.map((file) => file.lateText()?.toString())).toEqual(["late"]);
});

test("a text whose place was taken and that cannot be put back is kept", async ({ skip }) => {
  skip(available === null, reason);
  const { path, replacement, save, left, kept } = setUp();
  const exchange = before(
    () => save("theirs"),
    () => rmSync(path),
  );
  expect(await replaceFile({ ...replacement, exchange })).toBeNull();
  expect(kept).toEqual(["theirs"]);
  expect(left()).toEqual([]);
});

test("a text that can be neither put back nor kept stays beside the file", async ({ skip }) => {
  skip(available === null, reason);
  const { replacement, save, left, read, keeper: own } = setUp();
  const exchange = before(
    () => save("theirs"),
    () => {
      throw new Error("no exchange");
    },
  );
  const keeper = { ...own, file: () => Promise.reject(new Error("no place to keep it")) };
  await expect(replaceFile({ ...replacement, exchange, keeper })).rejects.toThrow("no place");
  expect(read()).toBe("ours");
  expect(left()).toHaveLength(2);
});

test.for<[string, Exchange | null]>([
  ["a system without an exchange", null],
  ["a file system that cannot exchange", () => false],
])("%s gets a rename, and one that was saved before it stays", async ([, exchange]) => {
  const { path, replacement, save, read, left } = setUp();
  expect(await replaceFile({ ...replacement, exchange })).toBe(fingerprintOf(path));
  expect(read()).toBe("ours");
  const expected = fingerprintOf(path);
  const late = async () => save("theirs");
  expect(await replaceFile({ ...replacement, expected, exchange, beforeSwap: late })).toBeNull();
  expect(read()).toBe("theirs");
  expect(left()).toEqual(["collection.toml"]);
});

test("a file that went after the last look is not made again", async () => {
  const { path, replacement, left } = setUp();
  const exchange = before(() => rmSync(path));
  expect(await replaceFile({ ...replacement, exchange })).toBeNull();
  expect(left()).toEqual([]);
});

test("what a program writes into a text that was replaced under it is kept, and told", async () => {
  const { path, replacement, keeper: own } = setUp();
  const notices: string[] = [];
  const kept: string[] = [];
  const displaced = createDisplacedFiles((text) => notices.push(text));
  const open = openSync(path, "r+");
  const late: Keeper["late"] = (file) =>
    displaced.watch(file, async (text) => {
      kept.push(text.toString());
      return "backups/late.toml";
    });
  await replaceFile({ ...replacement, keeper: { ...own, late } });
  writeSync(open, "new text");
  closeSync(open);
  await displaced.end();
  expect(kept).toEqual(["new text"]);
  expect(notices).toEqual([expect.stringContaining("its text lies in backups/late.toml")]);
});

test("a late text that cannot be kept is told, and many replaced files are not all held", async () => {
  const { path, replacement, keeper: own } = setUp();
  const notices: string[] = [];
  const displaced = createDisplacedFiles((text) => notices.push(text));
  const open = openSync(path, "r+");
  const late: Keeper["late"] = (file) =>
    displaced.watch(file, () => Promise.reject(new Error("the disk is full")));
  const keeper = { ...own, late };
  await replaceFile({ ...replacement, keeper });
  writeSync(open, "new text");
  closeSync(open);
  for (let round = 0; round < 260; round += 1) {
    await replaceFile({ ...replacement, expected: fingerprintOf(path), keeper });
  }
  expect(notices).toEqual([expect.stringContaining("could not be kept: the disk is full")]);
  await displaced.end();
  expect(notices).toHaveLength(1);
});
