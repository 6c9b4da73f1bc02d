import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../apps/cli", import.meta.url));

/**
 * Bundles the CLI from the sources once before the end-to-end tests. Where that fails no bundle is
 * left, so that those tests fail instead of trying an old one, and the others still run.
 */
export default function buildCli(): void {
  const { status } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: cli,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status === 0) return;
  console.error("The CLI could not be bundled: its end-to-end tests will fail");
  rmSync(`${cli}/dist/skillmeat.js`, { force: true });
}
