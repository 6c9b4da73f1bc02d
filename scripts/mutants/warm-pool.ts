import {
  ForksPoolWorker,
  type PoolOptions,
  type PoolRunnerInitializer,
  type PoolWorker,
} from "vitest/node";

/** After so many runs a process goes, and with it what mutants left behind in it. */
const RUNS_PER_PROCESS = 100;

/** The process that stays between runs, and how many it has had. */
let kept: { readonly worker: ForksPoolWorker; runs: number } | undefined;

/**
 * A vitest pool whose one process outlives a run, so that a mutant costs its tests, and neither a start of
 * Node nor an import of the core. A mutant of what runs while a module is loaded gets a new process.
 */
export const warmPool: PoolRunnerInitializer = { name: "warm", createPoolWorker };

function createPoolWorker(options: PoolOptions): PoolWorker {
  const stays = options.project.getProvidedContext().mutantActivation === "runtime";
  const listeners: Parameters<PoolWorker["on"]>[] = [];
  let worker = new ForksPoolWorker(options);
  return {
    // The worker's own, by which vitest's code in the process knows where it runs.
    name: worker.name,
    cacheFs: worker.cacheFs,
    on(...listener) {
      listeners.push(listener);
      worker.on(...listener);
    },
    off: (event, listener) => worker.off(event, listener),
    deserialize: (data) => data,
    send(message) {
      if (message.type !== "stop" || !stays) return worker.send(message);
      // A process that were told would tear down what the next run needs.
      const reply = { type: "stopped", __vitest_worker_response__: true };
      for (const [event, listener] of listeners) if (event === "message") listener(reply);
    },
    async start() {
      if (!stays) return worker.start();
      if (kept !== undefined) {
        worker = kept.worker;
        return;
      }
      await worker.start();
      kept = { worker, runs: 0 };
    },
    async stop() {
      for (const [event, listener] of listeners) worker.off(event, listener);
      if (kept?.worker === worker) {
        kept.runs += 1;
        if (kept.runs < RUNS_PER_PROCESS) return;
        kept = undefined;
      }
      await worker.stop();
    },
  };
}
