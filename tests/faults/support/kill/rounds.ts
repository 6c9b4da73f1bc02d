import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { expect } from "vitest";
import { fieldOf } from "../../../support/json.ts";
import type { Random } from "../random.ts";
import {
  copyHome,
  deleteCache,
  leftoversIn,
  makeHome,
  manifestOf,
  manifestsOf,
  removeHome,
} from "./home.ts";
import { artifactOf, chooseOperation, EMPTY, readLanes, textOf, type LaneState } from "./lane.ts";
import { startVictim, type Victim } from "./victim.ts";
import { inProcess } from "./view.ts";

/** Callers at once. */
const LANES = 4;

/** A server that starts takes about as long, in ms. */
const START_MS = 400;

/** Under load it is killed after fewer replies than this, and then within so many ms. */
const MOST_REPLIES = 16;
const MOMENT_MS = 30;

/** What random kills came to. */
export interface RoundFigures {
  kills: number;
  acknowledgements: number;
  deletedCaches: number;
  edits: number;
}

/** What a lane has been told, and what it asked for without an answer. */
interface Lane {
  state: LaneState;
  asked: LaneState | null;
}

/** A home that is never made anew, through all its crashes. */
interface Bench {
  readonly root: string;
  readonly random: Random;
  readonly figures: RoundFigures;
  readonly lanes: readonly Lane[];
  /** The groups that a person wrote into the file. */
  readonly byHand: string[];
  /** How many mutations were asked for. */
  asked: number;
}

/** Kills a server at random moments, many times on one home, and looks each time what is left. */
export async function killAtRandom(
  rounds: number,
  random: Random,
  figures: RoundFigures,
): Promise<void> {
  const root = makeHome();
  const lanes: Lane[] = Array.from({ length: LANES }, () => ({ state: EMPTY, asked: null }));
  lanes.forEach((_, lane) => addArtifact(root, lane));
  const bench: Bench = { root, random, figures, lanes, byHand: [], asked: 0 };
  try {
    for (let round = 0; round < rounds; round += 1) {
      await runRound(bench);
      figures.kills += 1;
      for (const text of manifestsOf(root)) expect(() => parse(text), text).not.toThrow();
      await expectRecovered(bench);
      if (random.below(10) === 0) editByHand(bench);
    }
  } finally {
    removeHome(root);
  }
}

/** Starts a server and kills it: now and then while it starts, else while all lanes call it. */
async function runRound(bench: Bench): Promise<void> {
  const { root, random } = bench;
  const atStart = random.below(8) === 0;
  let timer: NodeJS.Timeout | undefined;
  const victim = await startVictim(root, (kill) => {
    if (atStart) timer = setTimeout(kill, random.below(START_MS));
  });
  if (victim === null) return;
  clearTimeout(timer);
  try {
    await expectLanes(victim, bench);
    expect(leftoversIn(root), "what a crash left is gone after a start").toEqual([]);
    await load(victim, bench);
  } catch (error) {
    if (!wasKilled(error)) throw error;
  } finally {
    victim.kill("SIGKILL");
  }
  expect(await victim.ended).toBe("SIGKILL");
}

/** Calls from all lanes at once without pause, until the server is killed. */
async function load(victim: Victim, bench: Bench): Promise<void> {
  const { lanes, random, figures } = bench;
  let repliesLeft = random.below(MOST_REPLIES);
  const killSoon = () => setTimeout(() => victim.kill("SIGKILL"), random.below(MOMENT_MS));
  if (repliesLeft === 0) killSoon();
  const calls = lanes.map(async (lane, index) => {
    for (;;) {
      bench.asked += 1;
      const operation = chooseOperation(index, lane.state, random, bench.asked);
      lane.asked = operation.next;
      expect(await operation.run(victim.client)).toMatchObject({ saved: true, reason: null });
      lane.state = operation.next;
      lane.asked = null;
      figures.acknowledgements += 1;
      repliesLeft -= 1;
      if (repliesLeft === 0) killSoon();
    }
  });
  for (const { reason } of await Promise.allSettled(calls).then(rejected)) {
    if (!wasKilled(reason)) throw reason;
  }
}

function rejected(results: readonly PromiseSettledResult<void>[]): PromiseRejectedResult[] {
  return results.filter((result) => result.status === "rejected");
}

/** A person adds a group while nothing runs. */
function editByHand({ root, figures, byHand }: Bench): void {
  figures.edits += 1;
  const name = `By hand ${figures.edits}`;
  byHand.push(name);
  appendFileSync(manifestOf(root), `\n[[groups]]\nname = "${name}"\n`);
}

/** The cache deleted at once: what was acknowledged is in the file. Now and then it stays deleted. */
async function expectRecovered({ root, random, figures, lanes, byHand }: Bench): Promise<void> {
  const copy = copyHome(root);
  try {
    deleteCache(copy);
    const { states, others } = await inProcess(copy, async (client) => {
      await client.cache.refresh.mutate();
      return readLanes(client, LANES);
    });
    expect(others).toEqual(expect.arrayContaining(byHand));
    const isDeleted = random.below(8) === 0;
    if (isDeleted) {
      deleteCache(root);
      figures.deletedCaches += 1;
    }
    lanes.forEach((lane, index) => {
      const found = stateIn(states, index);
      expectState(lane, found);
      // The cache is never older than the file: what is in the file stays.
      if (isDeleted || textOf(found) !== textOf(lane.state)) settle(lane, found);
    });
  } finally {
    removeHome(copy);
  }
}

/** The cache kept: all that was acknowledged is there, and what was not is there wholly or not at all. */
async function expectLanes(victim: Victim, { lanes, byHand }: Bench): Promise<void> {
  const { states, others } = await readLanes(victim.client, LANES);
  expect(others).toEqual(expect.arrayContaining(byHand));
  lanes.forEach((lane, index) => {
    const found = stateIn(states, index);
    expectState(lane, found);
    settle(lane, found);
  });
}

function settle(lane: Lane, found: LaneState): void {
  lane.state = found;
  lane.asked = null;
}

function expectState({ state, asked }: Lane, found: LaneState): void {
  const possible = asked === null ? [state] : [state, asked];
  expect(possible.map(textOf)).toContain(textOf(found));
}

function stateIn(states: readonly LaneState[], lane: number): LaneState {
  const state = states[lane];
  if (state === undefined) throw new Error(`There is no lane ${lane}`);
  return state;
}

/** Whether a call failed since its server is no more, rather than that it refused. */
function wasKilled(error: unknown): boolean {
  const reason = fieldOf(fieldOf(error, "data"), "reason");
  return (
    reason === "unreachable" ||
    (reason === undefined && error instanceof Error && error.name === "TRPCClientError")
  );
}

function addArtifact(root: string, lane: number): void {
  const file = join(root, "collections", "default", "skills", artifactOf(lane), "SKILL.md");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "---\ndescription: A lane\n---\n\nGo.\n");
}
