import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import type { OpenInStep } from "./testing/open-in-step.ts";

test("openings of a new cache at the same moment all succeed", async () => {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-open-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const workerData: OpenInStep = {
    root,
    rounds: 60,
    workers: 4,
    barrier: new Int32Array(new SharedArrayBuffer(4)),
  };
  const script = new URL("./testing/open-in-step.ts", import.meta.url);
  const ends = Array.from({ length: workerData.workers }, () =>
    once(new Worker(script, { workerData }), "exit"),
  );
  expect(await Promise.all(ends)).toEqual(ends.map(() => [0]));
});
