import type { Stats } from "./sample.ts";
import type { SizeName } from "./sizes.ts";

/** What one comparison came to, and what was aimed at. */
export interface Result {
  /** What was measured, such as "durable mutation". */
  readonly what: string;
  readonly size: SizeName;
  /** Of the medians. */
  readonly unit: Unit;
  readonly product: Stats;
  /** What it is compared with; null where it is held against a fixed figure. */
  readonly other: Stats | null;
  readonly target: Target;
  /** What else there is to say, such as how often a second. */
  readonly note: string;
}

export type Unit = "ms" | "MB";

/**
 * What was aimed at: to take at most so many `times` what the other takes, to be at least so many times
 * `faster`, or to stay within a `limit` in the result's unit. A figure of null only shows what it is.
 */
export interface Target {
  readonly kind: "times" | "faster" | "limit";
  readonly figure: number | null;
}

/** How a result stands to its target. */
export interface Verdict {
  /** What is held against the target's figure. */
  readonly value: number;
  /** How much of what is allowed was used: 1 is the target, less is better. Null without a target. */
  readonly share: number | null;
  readonly met: boolean | null;
}

/** Says how a result stands to its target: the one place that does. */
export function judge({ product, other, target }: Result): Verdict {
  const { kind, figure } = target;
  const times = product.median / (other?.median ?? Number.NaN);
  const value = { times, faster: 1 / times, limit: product.median }[kind];
  if (figure === null) return { value, share: null, met: null };
  const share = kind === "faster" ? figure / value : value / figure;
  return { value, share, met: share <= 1 };
}
