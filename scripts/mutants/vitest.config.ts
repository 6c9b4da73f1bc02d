import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification, type Vite } from "vitest/node";
import { unit } from "../../vitest.config.ts";
import { warmPool } from "./warm-pool.ts";

/** A mutant falls at the first test that fails, so that those which take long come last. */
class ShortestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { cache } = this.ctx;
    const duration = (file: TestSpecification) =>
      cache.getTestSpecificationResult(file)?.duration ?? 0;
    return files.toSorted((a, b) => duration(a) - duration(b));
  }
}

/** Stryker sets a pool by itself, which wins over the one of this file. */
const withWarmPool: Vite.Plugin = {
  name: "warm-pool",
  configureVitest({ project }) {
    project.config.pool = warmPool.name;
    project.config.poolRunner = warmPool;
  },
};

/** What scripts/mutants.ts names for a room. */
const tests: string[] = JSON.parse(process.env["MUTANTS_TESTS"] ?? "[]");
const { test, ...more } = unit(tests);

/** How vitest runs under Stryker: as project `unit` does, but for what thousands of runs need. */
export default defineConfig({
  ...more,
  plugins: [withWarmPool],
  test: {
    ...test,
    setupFiles: ["scripts/mutants/setup.ts"],
    sequence: { sequencer: ShortestFirst },
    // Kept in memory alone: in the file that project `unit` shares, mutants would have failed its tests.
    cache: false,
    // What survives runs every test: a few of the properties' cases, always the same, makes that seconds.
    env: { SKILLMEAT_FUZZ_RUNS: "0.03" },
  },
});
