import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createLocks, takeLock } from "./lock.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

test("who waits gets the lock when it is released", async () => {
  const file = join(temporaryFolder(), "a.lock");
  const first = await takeLock(file, 0);
  const waiting = takeLock(file, 60_000);
  first?.release();
  const second = await waiting;
  expect(second).not.toBeNull();
  expect(await takeLock(file, 0)).toBeNull();
  second?.release();
});

test("a lock whose file is kept open is one lock with those that are taken otherwise", async () => {
  const file = join(temporaryFolder(), "a.lock");
  const locks = createLocks();
  onTestFinished(() => locks.close());
  for (let round = 1; round <= 2; round += 1) {
    const kept = await locks.take(file, 0);
    expect(kept).not.toBeNull();
    expect(await locks.take(file, 0)).toBeNull();
    expect(await takeLock(file, 0)).toBeNull();
    kept?.release();
    const once = await takeLock(file, 0);
    expect(once).not.toBeNull();
    expect(await locks.take(file, 0)).toBeNull();
    once?.release();
  }
});

test.for([
  ["deleted", (file: string) => rmSync(file)],
  [
    "replaced",
    (file: string) => {
      writeFileSync(`${file}.new`, "");
      renameSync(`${file}.new`, file);
    },
  ],
] as const)(
  "a kept lock whose file was %s is taken on the file that is there now",
  async ([, change]) => {
    const file = join(temporaryFolder(), "a.lock");
    const locks = createLocks();
    onTestFinished(() => locks.close());
    (await locks.take(file, 0))?.release();
    change(file);
    const anew = await locks.take(file, 0);
    expect(anew).not.toBeNull();
    expect(await takeLock(file, 0)).toBeNull();
    anew?.release();
  },
);

test("nothing is ever written into a lock's file", async () => {
  const file = join(temporaryFolder(), "a.lock");
  const locks = createLocks();
  for (let round = 1; round <= 3; round += 1) (await locks.take(file, 0))?.release();
  (await takeLock(file, 0))?.release();
  locks.close();
  expect(readFileSync(file)).toHaveLength(0);
});

test("a lock's file that a power loss left full of zeros is a lock all the same", async () => {
  const file = join(temporaryFolder(), "a.lock");
  const locks = createLocks();
  onTestFinished(() => locks.close());
  writeFileSync(file, Buffer.alloc(4096));
  const taken = await locks.take(file, 0);
  expect(taken).not.toBeNull();
  expect(await takeLock(file, 0)).toBeNull();
  taken?.release();
  const again = await takeLock(file, 0);
  expect(again).not.toBeNull();
  again?.release();
});
