import { expect, test } from "vitest";
import { run } from "../support/cli.ts";
import { createHome, type TestHome } from "../support/home.ts";
import { fieldOf } from "../support/json.ts";
import { serve } from "../support/serve.ts";
import { createLane, writeLanes, type Lane } from "./support/processes/lane.ts";
import { commandOf, type Perform } from "./support/processes/mutations.ts";
import { performOver, runLane, type Done } from "./support/processes/run-lane.ts";
import { findLost, seenAnew, seenInFile, seenOver, type Seen } from "./support/processes/seen.ts";
import { startDriver } from "./support/processes/start-driver.ts";
import { createRandom, seedOfRun } from "./support/random.ts";

const isLong = process.env["FAULTS_LONG"] === "1";
const seed = seedOfRun();

/** How many mutations each of the four makes. */
const COUNT = isLong ? 1_000 : 25;

const timeout = isLong ? 1_800_000 : 120_000;

/** A command for each mutation; through the server that runs, and beside it, in turn. */
function performByCommand(home: TestHome): Perform {
  let count = 0;
  return async (mutation) => {
    count += 1;
    const beside = count % 2 === 0 ? ["--embedded"] : [];
    const { code, stdout, stderr } = await run(home, [...commandOf(mutation), "--json", ...beside]);
    const reply: unknown = stdout === "" ? null : JSON.parse(stdout);
    const saved = fieldOf(reply, "saved");
    if (typeof saved === "boolean") return { saved, reason: String(fieldOf(reply, "reason")) };
    const reason = String(fieldOf(fieldOf(reply, "error"), "code"));
    return { code: reason, message: `exit code ${code}: ${stdout}${stderr}` };
  };
}

/** Counts down to the end of a lane that makes so many mutations. */
function countDown(count: number): () => boolean {
  let left = count;
  return () => {
    left -= 1;
    return left < 0;
  };
}

test(
  `four processes at once lose nothing of each other's work (FAULTS_SEED=${seed})`,
  { timeout },
  async () => {
    const home = createHome();
    const lanes = [0, 1, 2, 3].map((number) => createLane(number, home.path("inbox")));
    writeLanes(home, lanes.length);
    const done: Done[] = [];
    const failed: Done[] = [];
    const note = (one: Done) => {
      done.push(one);
      if ("code" in one.reply) failed.push(one);
    };
    const { client, stop } = await serve(home);
    const started = performance.now();
    const here = (lane: Lane, perform: Perform, look: (() => Promise<Seen>) | null) => {
      const work = { perform, look, retries: 0, isOver: countDown(COUNT), onDone: note };
      return runLane(lane, createRandom(seed + lane.number), work);
    };
    const there = (lane: Lane) => {
      const orders = { lane: lane.number, seed: seed + lane.number, count: COUNT, retries: 0 };
      return startDriver(home, orders, (line) => {
        if ("notice" in line) throw new Error(line.notice);
        note(line);
        if (!("code" in line.reply)) lane.apply(line.mutation);
      }).ended;
    };
    const [first, second, third, fourth] = lanes;
    if (!first || !second || !third || !fourth) throw new Error("There are four lanes");
    await Promise.all([
      here(first, performOver(client), () => seenOver(client)),
      here(second, performByCommand(home), null),
      there(third),
      there(fourth),
    ]);
    const seconds = (performance.now() - started) / 1000;
    const saved = done.filter(({ reply }) => "saved" in reply && reply.saved).length;
    const kinds = new Set(done.map(({ mutation }) => mutation.kind)).size;
    console.info(
      JSON.stringify({
        mutations: done.length,
        saved,
        failed: failed.length,
        kinds,
        seconds,
        seed,
      }),
    );
    expect(failed).toEqual([]);
    expect(done).toHaveLength(4 * COUNT);
    await client.sync.flush.mutate();
    expect(findLost(seenInFile(home.manifest()), lanes, true)).toEqual([]);
    expect(findLost(await seenAnew(home), lanes, true)).toEqual([]);
    await stop("SIGKILL");
    await home.deleteCache();
    expect(findLost(await seenAnew(home), lanes, true)).toEqual([]);
    expect(kinds).toBeGreaterThanOrEqual(isLong ? 16 : 12);
    expect(saved).toBeGreaterThanOrEqual(4 * COUNT * 0.8);
  },
);
