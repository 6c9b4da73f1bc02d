import { createClient } from "@skillmeat/client";
import { setTimeout as pause } from "node:timers/promises";
import type { TestHome } from "../../../support/home.ts";
import type { ServerProcess } from "../../../support/serve.ts";
import { createRandom } from "../random.ts";
import { createLane, writeLanes, type Lane } from "./lane.ts";
import { performOver, runLane, type Done } from "./run-lane.ts";
import { seenOver } from "./seen.ts";
import { startDriver } from "./start-driver.ts";

/** Lanes that mutate a home all the time: some are clients of a server, some processes beside it. */
export interface Load {
  readonly lanes: readonly Lane[];
  readonly done: readonly Done[];
  /** What failed for good, in words. */
  readonly failed: readonly string[];
  /** What the processes were told that work on the home themselves. */
  readonly notices: readonly string[];
  /** What happened last, for whoever wants to know why something failed. */
  lately(): string;
  /** Notes something for `lately`. */
  say(event: string): void;
  /** Resolves once each lane has done so many mutations more, or one has failed. */
  progress(more: number): Promise<void>;
  /** Ends all lanes, each after the mutation that it is in. */
  finish(): Promise<void>;
}

export interface LoadOptions {
  /** How many lanes are the server's clients. */
  readonly clients: number;
  /** How many lanes are processes that work on the home themselves. */
  readonly processes: number;
  /** How often a mutation that fails is tried again. */
  readonly retries: number;
  readonly seed: number;
}

/** How long a lane may be stuck, in ms. */
const PATIENCE = 120_000;

/** Makes the collection that the lanes will work on; before anything serves the home. */
export function prepareLoad(home: TestHome, { clients, processes }: LoadOptions): void {
  writeLanes(home, clients + processes);
}

/** Starts all lanes. */
export function startLoad(home: TestHome, server: ServerProcess, options: LoadOptions): Load {
  const { clients, processes, retries, seed } = options;
  const lanes = Array.from({ length: clients + processes }, (_, number) =>
    createLane(number, home.path("inbox")),
  );
  const counts = lanes.map(() => 0);
  const done: Done[] = [];
  const failed: string[] = [];
  const notices: string[] = [];
  const events: string[] = [];
  const started = performance.now();
  let isOver = false;

  function say(event: string): void {
    events.push(`${Math.round(performance.now() - started)} ms: ${event}`);
  }

  function note({ number }: Lane, one: Done): void {
    done.push(one);
    counts[number] = (counts[number] ?? 0) + 1;
    const told = JSON.stringify(one);
    say(`lane ${number}: ${told}`);
    if ("code" in one.reply) failed.push(`lane ${number}: ${told}`);
  }

  const served = lanes.slice(0, clients).map((lane) => {
    const client = createClient(server);
    return runLane(lane, createRandom(seed + 1 + lane.number), {
      perform: performOver(client),
      look: () => seenOver(client),
      retries,
      isOver: () => isOver,
      onDone: (one) => note(lane, one),
    });
  });
  const drivers = lanes.slice(clients).map((lane) => {
    const orders = { lane: lane.number, seed: seed + 1 + lane.number, retries };
    return startDriver(home, { ...orders, count: Number.MAX_SAFE_INTEGER }, (line) => {
      if ("notice" in line) {
        notices.push(line.notice);
        say(`lane ${lane.number}: ${line.notice}`);
        return;
      }
      if (!("code" in line.reply)) lane.apply(line.mutation);
      note(lane, line);
    });
  });
  const all = Promise.all([...served, ...drivers.map(({ ended }) => ended)]);
  all.catch((error: unknown) => failed.push(String(error)));

  const lately = () => events.slice(-60).join("\n");
  return {
    lanes,
    done,
    failed,
    notices,
    lately,
    say,
    async progress(more) {
      const goals = counts.map((count) => count + more);
      const deadline = performance.now() + PATIENCE;
      while (counts.some((count, lane) => count < (goals[lane] ?? 0)) && failed.length === 0) {
        if (performance.now() > deadline) throw new Error(`A lane is stuck:\n${lately()}`);
        await pause(2);
      }
    },
    async finish() {
      isOver = true;
      for (const driver of drivers) driver.finish();
      await all;
    },
  };
}
