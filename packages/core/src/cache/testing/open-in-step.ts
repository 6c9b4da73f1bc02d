import { join } from "node:path";
import { workerData } from "node:worker_threads";
import { homePaths } from "../../paths.ts";
import { openCache } from "../heal.ts";

/** What a worker is given. `barrier` holds how many have come to the round, of all rounds so far. */
export interface OpenInStep {
  readonly root: string;
  readonly rounds: number;
  readonly workers: number;
  readonly barrier: Int32Array<SharedArrayBuffer>;
}

const { root, rounds, workers, barrier }: OpenInStep = workerData;
const failures: string[] = [];
for (let round = 0; round < rounds; round += 1) {
  waitForAll((round + 1) * workers);
  try {
    const { cache } = await openCache(homePaths(join(root, String(round))));
    await cache.close();
  } catch (error) {
    failures.push(String(error));
  }
}
if (failures.length > 0) throw new Error(failures.join("\n"));

/** Blocks until so many have come; the last one wakes the others. */
function waitForAll(expected: number): void {
  let arrived = Atomics.add(barrier, 0, 1) + 1;
  if (arrived === expected) Atomics.notify(barrier, 0);
  for (; arrived < expected; arrived = Atomics.load(barrier, 0)) Atomics.wait(barrier, 0, arrived);
}
