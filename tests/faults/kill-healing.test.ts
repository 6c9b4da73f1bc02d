import { rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { inLanes } from "./support/in-lanes.ts";
import { deleteCache, removeHome } from "./support/kill/home.ts";
import { prepare } from "./support/kill/judge.ts";
import { MUTATIONS } from "./support/kill/mutations.ts";
import { listPoints, tryPoint, type Figures } from "./support/kill/points.ts";
import { CALLS, straceProblem } from "./support/kill/strace.ts";
import { createRandom, seedOfRun } from "./support/random.ts";

/*
 * kill -9 while a cache heals: as `kill.test.ts`, but what the server was told to change finds a cache
 * that was deleted or broken just before, so that it makes a new one first. Everything before is saved
 * where the cache cannot be read any more; else it holds a tag that is not in the manifest.
 */

const isLong = process.env["FAULTS_LONG"] === "1";
const problem = straceProblem();
const seed = seedOfRun();
const random = createRandom(seed);
const figures: Figures = { points: 0, kills: 0, acknowledgements: 0 };

/** Below these a harness that tries nothing would pass. */
const floor = isLong ? { points: 400, delivered: 0.9 } : { points: 6, delivered: 0.5 };

const LANES = 3;

/** Points of each damage in the short form. */
const FEW = 4;

interface Damage {
  readonly name: string;
  readonly isUnsaved: boolean;
  readonly damage: (root: string) => void;
}

const DAMAGES: readonly Damage[] = [
  { name: "is deleted", isUnsaved: false, damage: deleteCache },
  {
    name: "is cut short",
    isUnsaved: false,
    damage: (root) => truncateSync(join(root, "cache", "cache.db"), 4_096),
  },
  {
    name: "lost its log's index",
    isUnsaved: true,
    damage: (root) => rmSync(join(root, "cache", "cache.db-shm")),
  },
];

const CHANGED = isLong ? ["group delete", "tag update", "collection update"] : ["group delete"];

const trials = DAMAGES.flatMap(({ name, ...how }) =>
  MUTATIONS.filter((mutation) => CHANGED.includes(mutation.name)).map((mutation) => {
    return { name: `${mutation.name} on a cache that ${name}`, mutation, ...how };
  }),
);

describe(`a kill while the cache heals loses nothing that was acknowledged (seed ${seed})`, () => {
  test.for(trials)("$name", { timeout: 1_800_000 }, async ({ mutation, ...how }, { skip }) => {
    skip(problem !== null, problem ?? "");
    const of = await prepare(mutation, how);
    try {
      const points = await listPoints(of, CALLS.changing, false);
      const some = Array.from({ length: FEW }, () => random.oneOf(points));
      await inLanes(isLong ? points : some, LANES, (point) => tryPoint(of, point, figures));
      expect(points.length, "healing is more calls than the mutation").toBeGreaterThan(60);
    } finally {
      removeHome(of.template);
    }
  });

  test("and enough was tried", ({ skip }) => {
    skip(problem !== null, problem ?? "");
    expect(figures.points).toBeGreaterThanOrEqual(floor.points);
    expect(figures.kills).toBeGreaterThanOrEqual(figures.points * floor.delivered);
  });
});

afterAll(() => {
  if (problem !== null) return;
  const { points, kills, acknowledgements } = figures;
  console.log(
    `kill while healing: ${points} points tried, ${kills} kills delivered, ${acknowledgements} of them after an acknowledgement`,
  );
});
