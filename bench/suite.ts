import { type Machine, describeMachine } from "./support/machine.ts";
import type { Case } from "./support/case.ts";
import { manifestText } from "./support/manifest-text.ts";
import { makeProfiles, type ProfileEffort } from "./profile/profiles.ts";
import type { Profile } from "./profile/sampled.ts";
import type { Result } from "./support/result.ts";
import type { Effort } from "./support/sample.ts";
import { SIZES, type Size, type SizeName } from "./support/sizes.ts";

/** All that one run came to. */
export interface Report {
  /** When it began, in UTC. */
  readonly at: string;
  /** What was typed. */
  readonly command: string;
  readonly effort: Effort;
  readonly machine: Machine;
  readonly sizes: readonly MeasuredSize[];
  readonly results: readonly CaseResult[];
  readonly profiles: readonly Profile[];
}

/** A result, and the case that it is of. */
export interface CaseResult extends Result {
  readonly case: string;
}

/** A size, and how large the manifest of such a collection is. */
export interface MeasuredSize extends Size {
  readonly bytes: number;
}

export interface Run {
  readonly cases: readonly Case[];
  /** Those that each case is measured at; those of the case where it is left out. */
  readonly sizes?: readonly SizeName[] | undefined;
  readonly effort: Effort;
  readonly command: string;
  /** What is sampled at the end; null for nothing. */
  readonly profile: ProfileEffort | null;
  /** Told of each result at once, as a run takes its time. */
  readonly onResult?: (result: Result) => void;
}

/**
 * Measures one case after the other: nothing else that this process does runs beside.
 * @throws Error that says which case failed
 */
export async function runSuite(run: Run): Promise<Report> {
  const { cases, sizes, effort, command, profile, onResult } = run;
  const at = new Date().toISOString();
  const results: CaseResult[] = [];
  for (const each of cases) {
    for (const size of sizes ?? each.sizes) {
      for (const result of await runCase(each, size, effort)) {
        results.push({ ...result, case: each.name });
        onResult?.(result);
      }
    }
  }
  const measured = Object.values(SIZES)
    .filter(({ name }) => results.some(({ size }) => size === name))
    .map((size) => ({ ...size, bytes: manifestText(size).length }));
  const profiles = profile === null ? [] : await makeProfiles(profile);
  return { at, command, effort, machine: describeMachine(), sizes: measured, results, profiles };
}

async function runCase({ name, run }: Case, size: SizeName, effort: Effort): Promise<Result[]> {
  try {
    return await run(size, effort);
  } catch (error) {
    throw new Error(`The case "${name}" failed at ${size}`, { cause: error });
  }
}
