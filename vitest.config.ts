import { defineConfig } from "vitest/config";

/** Tests run on the sources: no build is needed, and none can be stale. */
const conditions = ["@skillmeat/source", "module", "node", "development|production"];

/** The floor for the rooms that a lost byte would come from. */
const floor = { lines: 95, branches: 95, functions: 95, statements: 95 };

export default defineConfig({
  test: {
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/testing/**", "**/testing.ts"],
      reporter: ["text-summary", "json-summary", "html"],
      thresholds: {
        "packages/core/src/manifest/**/*.ts": floor,
        "packages/core/src/sync/**/*.ts": floor,
      },
    },
    projects: [
      project("unit", ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts"], []),
      project("e2e", ["tests/**/*.test.ts"], ["./tests/support/global-setup.ts"]),
    ],
  },
});

function project(name: string, include: string[], globalSetup: string[]) {
  return {
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: { name, include, globalSetup, testTimeout: 60_000, hookTimeout: 60_000 },
  };
}
