import { join } from "node:path";
import { expect, test } from "vitest";
import { takeLock } from "./lock.ts";
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
