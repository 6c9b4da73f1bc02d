import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { NaiveFile } from "./naive-worker.ts";

/** How one would write the change of a group without further thought. */
export interface Naive {
  /** Parses the whole file, changes a group, writes the whole file anew. */
  run(round: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes a copy of a file to change it naively. That is done in a thread with a heap of its own: what it leaves
 * to be collected would slow down what it is compared with.
 * @param beside a folder on the same disk
 */
export function openNaive(beside: string, model: string): Naive {
  const folder = mkdtempSync(join(beside, "naive-"));
  const path = join(folder, "collection.toml");
  cpSync(model, path);
  const workerData: NaiveFile = { path, folder };
  const worker = new Worker(new URL("naive-worker.ts", import.meta.url), { workerData });
  return {
    async run(round) {
      worker.postMessage(round);
      // Where it fails, this throws its error.
      await once(worker, "message");
    },
    async close() {
      await worker.terminate();
      rmSync(folder, { recursive: true });
    },
  };
}
