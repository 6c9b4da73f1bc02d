import { expect, test } from "vitest";
import { startGivingBack } from "./give-back.ts";

/** Waits until something is so; the test's own time limit is the only one. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((resolve) => void setImmediate(resolve));
}

test("what was taken for a moment goes back to the system", async () => {
  let objects: unknown[] | null = Array.from({ length: 2_000_000 }, (_, at) => ({ at, of: [at] }));
  const most = process.memoryUsage.rss();
  expect(objects).toHaveLength(2_000_000);
  objects = null;
  const stop = startGivingBack();
  await until(() => process.memoryUsage.rss() < most - 100 * 1024 * 1024);
  await stop();
});
