const SEED = process.env["SKILLMEAT_FUZZ_SEED"];

/** SKILLMEAT_FUZZ_RUNS: how many times as long the property tests run; a fraction makes them shorter. */
const FUZZ_TIMES = Number(process.env["SKILLMEAT_FUZZ_RUNS"] ?? "1");

/**
 * How many cases a property tries, and which. In `npm test` they are always the same, so that a change
 * fails by its own faults alone; a longer run tries new ones each time, or those of SKILLMEAT_FUZZ_SEED,
 * which a failure names.
 * @param runs at the shortest
 */
export function fuzz(runs: number): { numRuns: number; seed?: number } {
  const numRuns = Math.ceil(runs * FUZZ_TIMES);
  if (SEED !== undefined) return { numRuns, seed: Number(SEED) };
  return FUZZ_TIMES <= 1 ? { numRuns, seed: 1 } : { numRuns };
}

/** How many cases a property of plain functions tries at the shortest. */
export const RUNS = 300;

/** How long a property may take, in ms. */
export const PATIENCE = 60_000 * Math.max(FUZZ_TIMES, 1);
