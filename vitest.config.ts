import { configDefaults, defineConfig } from "vitest/config";

/** Tests run on the sources: no build is needed, and none can be stale. */
const conditions = ["@skillmeat/source", "module", "node", "development|production"];

/** The floor for the rooms that a lost byte would come from. */
const floor = { lines: 95, branches: 95, functions: 95, statements: 95 };

/**
 * End-to-end tests that run once more through a server, with the same results: one file by `npm test`,
 * all by `npm run test:e2e-server`. `bad-cache` is about opening a cache, which no running server does;
 * `events` kills and starts servers of its own.
 */
const throughServer = ["tests/e2e/history.test.ts"];
const allThroughServer = ["tests/e2e/*.test.ts", "tests/known-defects/*.test.ts"];
const isLong = process.env["E2E_LONG"] === "1";

/**
 * The web app in a real browser: by `npm test` how it is arranged by pointer and keyboard, how it follows what others
 * change, how the file stands, and axe on every page; all of it by `npm run test:web`.
 */
const inBrowser = [
  "tests/web/{artifacts-tags,axe,board-drag,board-keys,board-large,file,live,shell,tags-color}.test.ts",
];
const allInBrowser = ["tests/web/*.test.ts"];
const isAllOfWeb = process.env["WEB_LONG"] === "1";

/** The CLI is bundled once, before the first end-to-end test. */
const bundling = { globalSetup: ["./tests/support/global-setup.ts"] };

export default defineConfig({
  test: {
    // Most of a test's time is spent waiting for commands, servers and browsers; vitest alone would leave a core idle.
    maxWorkers: 2,
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
      unit([
        "packages/*/src/**/*.test.ts",
        "apps/*/src/**/*.test.ts",
        "bench/{support,report,profile}/**/*.test.ts",
      ]),
      project("e2e", ["tests/**/*.test.ts", "bench/*.test.ts"], {
        ...bundling,
        exclude: [...configDefaults.exclude, "tests/web/**"],
      }),
      project("web", isAllOfWeb ? allInBrowser : inBrowser, bundling),
      project("e2e-server", isLong ? allThroughServer : throughServer, {
        ...bundling,
        exclude: ["tests/e2e/bad-cache.test.ts", "tests/e2e/events.test.ts"],
        env: { SKILLMEAT_E2E: "server" },
      }),
    ],
  },
});

/**
 * The tests beside the files. One process runs many: none leaves anything behind, and each would load the core anew. They
 * run before all others, since among those a process would be ended after each file.
 */
export function unit(include: string[]) {
  return project("unit", include, { isolate: false, sequence: { groupOrder: 0 } });
}

function project(name: string, include: string[], more: object = {}) {
  return {
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name,
      include,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      sequence: { groupOrder: 1 },
      ...more,
    },
  };
}
