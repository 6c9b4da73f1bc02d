import { afterAll, describe, expect, test } from "vitest";
import { inLanes } from "./support/in-lanes.ts";
import { removeHome } from "./support/kill/home.ts";
import { prepare } from "./support/kill/judge.ts";
import { MUTATIONS, type Mutation } from "./support/kill/mutations.ts";
import {
  listPoints,
  tryBeyond,
  tryPoint,
  type Figures,
  type Point,
} from "./support/kill/points.ts";
import { CALLS, straceProblem } from "./support/kill/strace.ts";
import { createRandom, seedOfRun } from "./support/random.ts";

/*
 * kill -9 at every call of every kind of mutation. The victim is the bundled server: it is sent one
 * mutation and, once that is answered, SIGTERM. strace kills it before the Nth call of one kind in one
 * thread.
 *
 * How the calls are enumerated: strace counts by call and thread. So the server is given two threads
 * alone that use files, the main one and one of libuv's pool, and strace attaches to one of them, once
 * the server is ready and idle and just before the mutation is sent: nothing else counts. A run without
 * a kill lists the calls. The long form tries each, and then, for every kind of call, the numbers beyond
 * until the server comes to its end unharmed: then there is no such call left.
 *
 * A kill before a call is one after the call before it. Calls that only read leave nothing that a kill
 * before the next one that writes does not leave, so they are tried for one mutation alone.
 */

const isLong = process.env["FAULTS_LONG"] === "1";
const problem = straceProblem();
const seed = seedOfRun();
const random = createRandom(seed);
const figures: Figures = { points: 0, kills: 0, acknowledgements: 0 };

/** Below these a harness that tries nothing would pass. */
const floor = isLong
  ? { points: 2_000, delivered: 0.9, acknowledgements: 300 }
  : { points: 12, delivered: 0.75, acknowledgements: 2 };

/** Victims at once: each waits for its disk and its strace much of the time. */
const LANES = 3;

interface Trial {
  readonly name: string;
  readonly mutation: Mutation;
  readonly isEdited: boolean;
  readonly calls: string;
  /** Chooses of all points those that are tried. */
  readonly choose: (points: readonly Point[]) => readonly Point[];
}

function trial(mutation: Mutation, isEdited: boolean, more: Partial<Trial> = {}): Trial {
  const edit = isEdited ? ", with a person's edit in the file" : "";
  const name = `${mutation.name}${edit}${more.calls === undefined ? "" : ", reading calls too"}`;
  const choose = (points: readonly Point[]) => points;
  return { name, mutation, isEdited, calls: CALLS.changing, choose, ...more };
}

/** All points of all mutations; in the short form some of the shortest's, and of some others'. */
function trials(): Trial[] {
  if (!isLong) {
    const others = MUTATIONS.filter(({ name }) => name !== "collection update");
    const choose = (points: readonly Point[]) => [random.oneOf(points), random.oneOf(points)];
    const some = (points: readonly Point[]) => [
      ...new Set(Array.from({ length: 20 }, () => random.oneOf(points))),
    ];
    return [
      ...MUTATIONS.filter((mutation) => !others.includes(mutation)).map((one) =>
        trial(one, false, { choose: some }),
      ),
      trial(random.oneOf(others), false, { choose }),
      trial(random.oneOf(others), true, { choose }),
    ];
  }
  return [
    ...MUTATIONS.flatMap((mutation) => [trial(mutation, false), trial(mutation, true)]),
    ...MUTATIONS.slice(0, 1).map((mutation) => trial(mutation, false, { calls: CALLS.all })),
  ];
}

describe(`a kill before any call loses nothing that was acknowledged, and tears nothing (seed ${seed})`, () => {
  test.for(trials())("$name", { timeout: 1_800_000 }, async ({ mutation, ...how }, { skip }) => {
    skip(problem !== null, problem ?? "");
    const of = await prepare(mutation, how);
    try {
      const points = await listPoints(of, how.calls, isLong);
      await inLanes(how.choose(points), LANES, (point) => tryPoint(of, point, figures));
      if (isLong) await inLanes(lastOf(points), LANES, (point) => tryBeyond(of, point, figures));
      expect(points.length).toBeGreaterThan(20);
    } finally {
      removeHome(of.template);
    }
  });

  test("and enough was tried", ({ skip }) => {
    skip(problem !== null, problem ?? "");
    expect(figures.points).toBeGreaterThanOrEqual(floor.points);
    // Not all: a run may make a call less than the one that listed them.
    expect(figures.kills).toBeGreaterThanOrEqual(figures.points * floor.delivered);
    expect(figures.acknowledgements).toBeGreaterThanOrEqual(floor.acknowledgements);
  });
});

afterAll(() => {
  if (problem !== null) return;
  const { points, kills, acknowledgements } = figures;
  console.log(
    `kill at calls: ${points} points tried, ${kills} kills delivered, ${acknowledgements} of them after an acknowledgement`,
  );
});

/** Of each kind of call in each thread the last one. */
function lastOf(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [`${point.role} ${point.call}`, point])).values()];
}
