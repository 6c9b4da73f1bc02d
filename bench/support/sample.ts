/** One way to do a thing, of several that are compared. */
export interface Alternative {
  readonly name: string;
  /** What is timed. */
  readonly run: (round: number) => unknown;
  /** Makes ready for one round, and clears up after it; not timed. */
  readonly before?: (round: number) => unknown;
  readonly after?: (round: number) => unknown;
  /** How many things one round does; what is noted is the time for one. */
  readonly things?: number;
}

/** What a number of rounds came to, in ms or MB. */
export interface Stats {
  readonly name: string;
  /** How many rounds. */
  readonly n: number;
  readonly median: number;
  readonly p99: number;
  readonly min: number;
}

/** How long a comparison goes on: until the rounds are done, but no longer than `most` ms. */
export interface Effort {
  readonly rounds: number;
  readonly most: number;
}

/**
 * Times alternatives round by round, in another order each time, so that whatever else the machine does
 * meets all of them alike. A first round is not counted, unless no others are wanted; a second one is made
 * however little time there is.
 * @returns in the order of the alternatives
 */
export async function compare<const T extends readonly Alternative[]>(
  alternatives: T,
  effort: Effort,
): Promise<{ readonly [K in keyof T]: Stats }>;
export async function compare(
  alternatives: readonly Alternative[],
  { rounds, most }: Effort,
): Promise<Stats[]> {
  const entries = alternatives.map((alternative) => ({ alternative, times: new Array<number>() }));
  const started = performance.now();
  for (let round = 0; round <= rounds; round += 1) {
    for (const { alternative, times } of shuffled(entries)) {
      const time = await timeOnce(alternative, round);
      if (round > 0 || rounds === 0) times.push(time);
    }
    // One that is slow must not keep a whole run from its end.
    if (round > 0 && performance.now() - started > most) break;
  }
  return entries.map(({ alternative, times }) => statsOf(alternative.name, times));
}

async function timeOnce({ run, before, after, things = 1 }: Alternative, round: number) {
  await before?.(round);
  const started = performance.now();
  await run(round);
  const time = performance.now() - started;
  await after?.(round);
  return time / things;
}

/** The median, the 99th percentile and the least of some figures. */
export function statsOf(name: string, figures: readonly number[]): Stats {
  const sorted = figures.toSorted((a, b) => a - b);
  return {
    name,
    n: sorted.length,
    median: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    min: sorted[0] ?? Number.NaN,
  };
}

/** By linear interpolation between the nearest ranks. */
function quantile(sorted: readonly number[], of: number): number {
  const rank = (sorted.length - 1) * of;
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  const order: T[] = [];
  while (left.length > 0) order.push(...left.splice(Math.floor(Math.random() * left.length), 1));
  return order;
}
