import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { Session } from "node:inspector/promises";
import type { Profiler } from "node:inspector";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { statsOf } from "../support/sample.ts";
import { PARTS, whereTimeWent, type Part, type Times } from "./where.ts";

/** Where the time of one thing goes. */
export interface Profile {
  readonly what: string;
  /** How many were sampled. */
  readonly n: number;
  /** Of one, in ms. */
  readonly median: number;
  readonly parts: readonly { readonly part: Part; readonly ms: number }[];
}

/** How often the stack is looked at, in µs. */
const INTERVAL = 100;

/** What is sampled in this process. */
export interface Sampled {
  readonly what: string;
  readonly n: number;
  /** What is done before each; not timed, and no part of the profile. */
  readonly before?: (round: number) => unknown;
  readonly run: (round: number) => unknown;
}

/** Samples what this process does, after as many rounds for warming up. */
export async function sampleHere({ what, n, before, run }: Sampled): Promise<Profile> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: INTERVAL });
  const times = new Map<string, number>();
  const took: number[] = [];
  try {
    for (let round = 0; round < 2 * n; round += 1) {
      await before?.(round);
      const isSampled = round >= n;
      if (isSampled) await session.post("Profiler.start");
      const started = performance.now();
      await run(round);
      const time = performance.now() - started;
      if (!isSampled) continue;
      took.push(time);
      const { profile } = await session.post("Profiler.stop");
      for (const [part, ms] of whereTimeWent(profile)) times.set(part, (times.get(part) ?? 0) + ms);
    }
  } finally {
    session.disconnect();
  }
  return profileOf(what, took, times);
}

/** The flags by which Node samples a process, and what it found in it. */
export interface ProcessSampler {
  readonly flags: readonly string[];
  /** What was sampled since the last call; the processes have ended. */
  take(): Times;
  remove(): void;
}

/** Makes what samples processes of Node. */
export function createProcessSampler(): ProcessSampler {
  const folder = mkdtempSync(join(tmpdir(), "skillmeat-profile-"));
  const interval = String(INTERVAL);
  return {
    flags: ["--cpu-prof", "--cpu-prof-interval", interval, "--cpu-prof-dir", folder],
    take() {
      const times = new Map<string, number>();
      for (const name of readdirSync(folder)) {
        const file = join(folder, name);
        const profile: Profiler.Profile = JSON.parse(readFileSync(file, "utf8"));
        for (const [part, ms] of whereTimeWent(profile)) {
          times.set(part, (times.get(part) ?? 0) + ms);
        }
        rmSync(file);
      }
      return times;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/**
 * Makes a profile of what was sampled.
 * @param took how long each took, in ms
 * @param times of all of them
 */
export function profileOf(what: string, took: readonly number[], times: Times): Profile {
  const n = took.length;
  const parts = PARTS.map((part) => ({ part, ms: (times.get(part) ?? 0) / n }));
  return { what, n, median: statsOf(what, took).median, parts };
}
