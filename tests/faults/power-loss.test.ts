import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createHome } from "../support/home.ts";
import { HEAD, skill } from "../support/texts.ts";
import { straceProblem } from "./support/kill/strace.ts";
import { findLost } from "./support/power-loss/check.ts";
import { createHistory, play, type History, type Moment } from "./support/power-loss/history.ts";
import {
  lose,
  NAMED_LOSSES,
  randomLoss,
  type Left,
  type Loss,
} from "./support/power-loss/losses.ts";
import { findLostAfterReopening } from "./support/power-loss/reopen.ts";
import { record, type Traced } from "./support/power-loss/trace.ts";
import { createRandom, seedOfRun, type Random } from "./support/random.ts";

const isLong = process.env["FAULTS_LONG"] === "1";
const seed = seedOfRun();

/** How many different states are looked at, and every how many of them a home is opened. */
const STATES = isLong ? 10_000 : 800;
const OPENED = isLong ? 5 : 80;
/** How often the run is replayed at most to find so many. */
const PASSES = 100;
/** Less than this, and the harness itself is broken. */
const FEWEST = { calls: 600, replies: 30, saved: 28, opened: STATES / OPENED - 1 };

const driver = fileURLToPath(new URL("support/power-loss/driver.ts", import.meta.url));
const problem = straceProblem();

/** Records a run of the driver on a home that holds nothing yet. */
function recordRun(): { readonly root: string; readonly calls: Traced[] } {
  const inbox = createHome();
  for (const name of ["a", "b", "c"]) inbox.write(`skills/${name}/SKILL.md`, skill());
  inbox.write("shared/collection.toml", HEAD);
  inbox.write("shared/skills/s/SKILL.md", skill("word"));
  const home = createHome();
  const args = ["--conditions=@skillmeat/source", driver, home.root, inbox.root];
  const calls = record(inbox.path("strace.log"), args, { PATH: process.env["PATH"] });
  return { root: home.root, calls };
}

/** The losses that are tried at a moment: those with a name once, then some by chance. */
function lossesAt({ disk, seq }: Moment, pass: number, random: Random): Loss[] {
  const byChance = Array.from({ length: isLong ? 4 : 1 }, () => randomLoss(disk, seq, random));
  return pass === 0 ? [...NAMED_LOSSES, ...byChance] : byChance;
}

/** States that are different from each other, each with the moment of the power loss. */
function* states(
  calls: readonly Traced[],
  root: string,
  versions: History["versions"],
): Generator<{ readonly left: Left; readonly moment: Moment }> {
  const random = createRandom(seed);
  const seen = new Set<string>();
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const moment of play(calls, root, { ...createHistory(), versions })) {
      // The first pass is whole, so that no moment is left out.
      if (pass > 0 && seen.size >= STATES) return;
      for (const loss of lossesAt(moment, pass, random)) {
        const left = lose(moment.disk, loss);
        if (seen.has(left.mark)) continue;
        seen.add(left.mark);
        yield { left, moment };
      }
    }
  }
}

test(
  "a power loss at any moment leaves each manifest whole, and not older than what was acknowledged",
  { timeout: isLong ? 1_800_000 : 120_000 },
  async ({ skip }) => {
    if (problem !== null) skip(problem);
    const { root, calls } = recordRun();
    const history = createHistory();
    for (const moment of play(calls, root, history)) expect(moment.seq).toBeGreaterThan(0);
    expect(history.wrong).toEqual([]);

    const folder = mkdtempSync(join(tmpdir(), "skillmeat-power-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const wrong = new Map<string, number>();
    let looked = 0;
    let opened = 0;
    for (const { left, moment } of states(calls, root, history.versions)) {
      const found = findLost(left, moment, history);
      if (looked % OPENED === 0) {
        opened += 1;
        const refreshes = opened % 2 === 0;
        found.push(
          ...(await findLostAfterReopening({
            left,
            moment,
            history,
            root: join(folder, "home"),
            refreshes,
          })),
        );
      }
      looked += 1;
      for (const lost of found) wrong.set(lost, moment.seq);
      if (wrong.size >= 10) break;
    }
    const tried = { calls: history.calls, replies: history.replies, saved: history.saved };
    console.info(`Power loss: ${JSON.stringify({ ...tried, states: looked, opened, seed })}`);
    expect(
      [...wrong].map(([lost, call]) => `${lost} (at call ${call}, FAULTS_SEED=${seed})`),
    ).toEqual([]);
    expect(looked).toBeGreaterThanOrEqual(STATES);
    expect(opened).toBeGreaterThanOrEqual(FEWEST.opened);
    expect(history.calls).toBeGreaterThanOrEqual(FEWEST.calls);
    expect(history.replies).toBeGreaterThanOrEqual(FEWEST.replies);
    expect(history.saved).toBeGreaterThanOrEqual(FEWEST.saved);
  },
);
