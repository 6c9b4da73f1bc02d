import { expect, test } from "vitest";
import { inLanes } from "./support/in-lanes.ts";
import { killAtRandom, type RoundFigures } from "./support/kill/rounds.ts";
import { createRandom, seedOfRun } from "./support/random.ts";

const isLong = process.env["FAULTS_LONG"] === "1";
const seed = seedOfRun();
const ROUNDS = isLong ? 2_000 : 8;
const HOMES = 2;

test(
  `kills at random moments of a server under load lose nothing that was acknowledged (seed ${seed})`,
  {
    timeout: 7_200_000,
  },
  async () => {
    const figures: RoundFigures = { kills: 0, acknowledgements: 0, deletedCaches: 0, edits: 0 };
    const homes = Array.from({ length: HOMES }, (_, home) => createRandom(seed + home));
    await inLanes(homes, HOMES, (random) => killAtRandom(ROUNDS / HOMES, random, figures));

    const { kills, acknowledgements, deletedCaches, edits } = figures;
    console.log(
      `kill at random: ${kills} kills delivered, ${acknowledgements} acknowledgements, ${deletedCaches} caches deleted, ${edits} edits`,
    );
    expect(kills).toBe(ROUNDS);
    expect(acknowledgements).toBeGreaterThanOrEqual(ROUNDS);
  },
);
