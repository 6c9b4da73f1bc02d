const TIMES = Number(process.env["SKILLMEAT_FUZZ_RUNS"] ?? "1");

/** How many cases a property tries; SKILLMEAT_FUZZ_RUNS multiplies it. */
export const RUNS = 300 * TIMES;

/** How long a property may take, in ms. */
export const PATIENCE = 60_000 * Math.max(TIMES, 1);
