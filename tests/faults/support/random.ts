/** A source of choices that are the same for the same seed. */
export interface Random {
  readonly seed: number;
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  /** One of some things. Throws where there is none. */
  oneOf<T>(things: readonly T[]): T;
}

/** The seed of FAULTS_SEED, so that a failure can be had again; else one of this moment. */
export function seedOfRun(): number {
  const given = Number(process.env["FAULTS_SEED"]);
  return Number.isInteger(given) && given > 0 ? given : 1 + (Date.now() % 1_000_000_000);
}

/** Makes a source of choices (mulberry32, by Tommy Ettinger). */
export function createRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    seed,
    below,
    oneOf(things) {
      const thing = things[below(things.length)];
      if (thing === undefined) throw new Error("There is nothing to choose from");
      return thing;
    },
  };
}
