import { chmodSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "rolldown";

/** Bundles the command line from sources: no package needs to be built before. */
export default defineConfig({
  input: { skillmeat: "src/main.ts" },
  platform: "node",
  external: ["better-sqlite3", "koffi"],
  resolve: { conditionNames: ["@skillmeat/source", "node", "import", "default"] },
  output: {
    dir: "dist",
    format: "esm",
    // Names that stay: a build beside a running command must not take its chunks away.
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
  },
  plugins: [
    {
      name: "executable",
      writeBundle: ({ dir = "dist" }) => chmodSync(join(dir, "skillmeat.js"), 0o755),
    },
  ],
});
