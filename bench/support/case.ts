import type { Result } from "./result.ts";
import type { Effort } from "./sample.ts";
import type { SizeName } from "./sizes.ts";

/** One thing that is measured, against what it is held to. */
export interface Case {
  /** What `--only` calls it. */
  readonly name: string;
  /** What is done, and what it is compared with, in Markdown: a paragraph of the report. */
  readonly about: string;
  /** Those at which it is measured unless others are asked for; it works at every one. */
  readonly sizes: readonly SizeName[];
  run(size: SizeName, effort: Effort): Promise<Result[]>;
}
