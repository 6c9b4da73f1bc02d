import { expect, test } from "vitest";
import { inLanes } from "./support/in-lanes.ts";
import { openBench, type Bench, type Turn } from "./support/io-errors/bench.ts";
import { ERRNOS, SHORT } from "./support/io-errors/inject.ts";
import { findPoints, noFigures, tryPoint, type Point } from "./support/io-errors/judge.ts";
import { PAIRS, type Pair } from "./support/io-errors/pairs.ts";
import { straceProblem } from "./support/kill/strace.ts";
import { createRandom, seedOfRun } from "./support/random.ts";

/*
 * An error for every call of every kind of mutation. The mutations are done by the bundled server, one
 * after the other: each pair of them takes back what it did. Its calls on files are enumerated as for
 * the kills: strace is attached to one of its two threads that use files, and counts by the call. A
 * server lives on after an error, so that the next point is tried on the same home.
 */

const isLong = process.env["FAULTS_LONG"] === "1";
const problem = straceProblem();
const seed = seedOfRun();
const random = createRandom(seed);
const figures = noFigures();

/** Below these a harness that tries nothing would pass. */
const floor = isLong
  ? { points: 12_000, errors: 12_000, saved: 5_000, pending: 2_000, failed: 500, retried: 50 }
  : { points: 20, errors: 15, saved: 1, pending: 4, failed: 1, retried: 1 };

/** Servers at once: each waits for its disk and its strace much of the time. */
const LANES = isLong ? 3 : 2;

/** So many wrong points are told of; the rest is not tried. */
const ENOUGH = 10;

type Place = Pick<Point, "role" | "call" | "nth">;

/** How the points of one mutation are tried. */
type Choose = (places: readonly Place[], pair: Pair) => Point[];

/** The first call of each kind in each thread. */
function firstsOf(places: readonly Place[]): Place[] {
  const kinds = new Map(places.toReversed().map((place) => [`${place.role} ${place.call}`, place]));
  return [...kinds.values()];
}

/** The first of each kind that is not also called on sockets, whose number may be another one next time. */
function onFilesAlone(places: readonly Place[]): Place[] {
  return firstsOf(places).filter(({ call }) => call !== "read" && call !== "write");
}

/** The writes of a manifest's text come short: the pool's thread writes nothing else into files. */
function comeShort(places: readonly Place[]): Point[] {
  return places
    .filter(({ role, call }) => role === "pool" && call === "write")
    .map((place) => ({ ...place, errno: SHORT, lasts: false, isEdited: false }));
}

/**
 * Each call with each error, once; after a person's edit of the manifest that is written, each call with
 * one of the errors; and each kind of call with each error from its first on.
 */
const chooseAll: Choose = (places, { isElsewhere = false }) => [
  ...comeShort(places),
  ...ERRNOS.flatMap((errno, at) => {
    const once = places.map((place) => ({ ...place, errno, lasts: false, isEdited: false }));
    const some = places.filter((_, number) => !isElsewhere && number % ERRNOS.length === at);
    return [
      ...once,
      ...some.map((place) => ({ ...place, errno, lasts: false, isEdited: true })),
      ...onFilesAlone(places).map((place) => ({ ...place, errno, lasts: true, isEdited: false })),
    ];
  }),
];

/**
 * One call of each kind, and one kind for good; a full disk, first the cache's and then the manifest's;
 * and a short write.
 */
const chooseKinds: Choose = (places) => {
  const full = { nth: 1, errno: "ENOSPC", lasts: false, isEdited: false };
  const once = onFilesAlone(places).map(({ role, call }) => {
    const same = places.filter((place) => place.role === role && place.call === call);
    const isEdited = random.below(2) === 1;
    return { ...random.oneOf(same), errno: random.oneOf(ERRNOS), lasts: false, isEdited };
  });
  return [
    { role: "main", call: "pwrite64", ...full },
    { role: "pool", call: "fsync", ...full },
    ...comeShort(places),
    ...once,
    {
      ...random.oneOf(onFilesAlone(places)),
      errno: random.oneOf(ERRNOS),
      lasts: true,
      isEdited: false,
    },
  ];
};

/** A few of them. */
const chooseFew: Choose = (places, pair) => {
  const points = chooseAll(places, pair).filter(({ call }) => !/^(?:read|write)$/.test(call));
  return Array.from({ length: 4 }, () => random.oneOf(points));
};

/** Tries a point; without one it does the mutation, so that the other one can be. */
async function tryTurn(bench: Bench, turn: Turn, point: Point | undefined): Promise<boolean> {
  if (point !== undefined) return tryPoint(bench, turn, point, figures);
  expect(await turn.run()).toMatchObject({ saved: true, reason: null });
  return true;
}

/**
 * Tries the chosen points of a pair; where one goes wrong, the next is tried on a new home. One whose call
 * turned out to be none on files is tried twice.
 */
async function tryPair(pair: Pair, choose: Choose, wrong: string[]): Promise<void> {
  let bench = await openBench(pair);
  try {
    const points = {
      there: choose(await findPoints(bench, bench.turn(true)), pair),
      back: choose(await findPoints(bench, bench.turn(false)), pair),
    };
    const missed = new Set<Point>();
    let isThere = true;
    while (points.there.length + points.back.length > 0 && wrong.length < ENOUGH) {
      const turn = bench.turn(isThere);
      const left = points[isThere ? "there" : "back"];
      const point = left.pop();
      let isSound = false;
      try {
        isSound = await tryTurn(bench, turn, point);
        if (!isSound && point !== undefined && !missed.has(point)) {
          missed.add(point);
          left.push(point);
        }
      } catch (error) {
        wrong.push(String(error));
      }
      if (!isSound) {
        await bench.close();
        bench = await openBench(pair);
      }
      isThere = !isSound || !isThere;
    }
  } finally {
    await bench.close();
  }
}

test(
  "a call that fails at any moment of a mutation leaves the file whole, and what it kept from being saved is saved later",
  { timeout: isLong ? 7_200_000 : 120_000 },
  async ({ skip }) => {
    skip(problem !== null, problem ?? "");
    const [first, ...others] = PAIRS;
    const trials = isLong
      ? PAIRS.map((pair) => [pair, chooseAll] as const)
      : ([
          [first, chooseKinds],
          [random.oneOf(others), chooseFew],
        ] as const);
    const wrong: string[] = [];
    await inLanes(trials, LANES, ([pair, choose]) => tryPair(pair, choose, wrong));
    console.info(`I/O errors: ${JSON.stringify({ ...figures, seed })}`);
    expect(wrong, `FAULTS_SEED=${seed}`).toEqual([]);
    for (const [name, least] of Object.entries(floor)) {
      expect(figures, `at least ${least} ${name}`).toMatchObject({
        [name]: expect.toSatisfy((number) => Number(number) >= least),
      });
    }
  },
);
