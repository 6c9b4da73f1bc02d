import { readFileSync } from "node:fs";

/** What a run of vitest came to. */
export interface Tally {
  readonly passed: number;
  /** Tests that failed, and files whose tests could not be collected. */
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

function isSkip(value: unknown): value is Tally["skipped"][number] {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "reason" in value &&
    typeof value.reason === "string"
  );
}

/** Reads what the tally reporter wrote; null where there is none, as vitest did not get that far. */
export function readTally(file: string): Tally | null {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  if (!("passed" in value) || typeof value.passed !== "number") return null;
  if (!("failed" in value) || typeof value.failed !== "number") return null;
  if (!("skipped" in value) || !Array.isArray(value.skipped)) return null;
  return { passed: value.passed, failed: value.failed, skipped: value.skipped.filter(isSkip) };
}
