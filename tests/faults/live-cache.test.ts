import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { serve } from "../support/serve.ts";
import { DAMAGES } from "./support/processes/damage.ts";
import { prepareLoad, startLoad } from "./support/processes/load.ts";
import { findLost, seenAnew, seenInFile } from "./support/processes/seen.ts";
import { createRandom, seedOfRun } from "./support/random.ts";

const isLong = process.env["FAULTS_LONG"] === "1";
const seed = seedOfRun();

/** How often the cache is damaged. */
const ROUNDS = isLong ? 200 : 8;

/** Some clients of a server, and two processes beside it; each tries again what fails. */
const options = { clients: isLong ? 3 : 2, processes: 2, retries: 3, seed };

/** Less than these, and the harness itself is broken. */
const FEWEST = {
  mutations: 8 * ROUNDS,
  replaced: ROUNDS / 4,
  damages: isLong ? DAMAGES.length : 3,
};

test(
  `a cache that is deleted or broken under load loses nothing that was acknowledged (FAULTS_SEED=${seed})`,
  { timeout: isLong ? 3_000_000 : 180_000 },
  async () => {
    const home = createHome();
    prepareLoad(home, options);
    const server = await serve(home);
    const load = startLoad(home, server, options);
    const random = createRandom(seed);
    const damages = new Set<string>();
    let rounds = 0;
    await load.progress(2);
    for (; rounds < ROUNDS && load.failed.length === 0; rounds += 1) {
      const damage = random.oneOf(DAMAGES);
      damages.add(damage.name);
      load.say(`round ${rounds}: ${damage.name}`);
      damage.happen(home.path("cache"), random);
      await load.progress(random.below(4));
      // Else each damage would come right after a reply.
      await pause(random.below(20));
    }
    await load.finish();

    const { done, failed, lanes, notices } = load;
    const saved = done.filter(({ reply }) => "saved" in reply && reply.saved).length;
    const figures = { mutations: done.length, replaced: notices.length, damages: damages.size };
    const cured = done.flatMap(({ errors }) => errors).length;
    console.info(JSON.stringify({ rounds, ...figures, saved, cured, failed: failed.length, seed }));
    expect(failed, load.lately()).toEqual([]);
    await server.client.sync.flush.mutate();
    expect(findLost(seenInFile(home.manifest()), lanes, false)).toEqual([]);
    expect(findLost(await seenAnew(home), lanes, false)).toEqual([]);
    await server.stop("SIGKILL");
    await home.deleteCache();
    expect(findLost(await seenAnew(home), lanes, false)).toEqual([]);

    expect(rounds).toBe(ROUNDS);
    expect(figures.mutations).toBeGreaterThanOrEqual(FEWEST.mutations);
    expect(figures.replaced).toBeGreaterThanOrEqual(FEWEST.replaced);
    expect(figures.damages).toBeGreaterThanOrEqual(FEWEST.damages);
    expect(saved).toBeGreaterThanOrEqual(figures.mutations * 0.8);
  },
);
