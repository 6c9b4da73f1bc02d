import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("../../apps/web", import.meta.url));
const cli = fileURLToPath(new URL("../../apps/cli", import.meta.url));

/** Says that another project's tests have it by now. */
const DONE = "SKILLMEAT_BUNDLED";

/**
 * Builds the web app, and bundles the CLI with it, from the sources once before the end-to-end tests, of however many
 * projects. Where that fails no bundle is left, so that those tests fail instead of trying an old one, and the others still run.
 */
export default function buildCli(): void {
  if (process.env[DONE] === "1") return;
  process.env[DONE] = "1";
  if (build(web) && build(cli)) return;
  console.error("The CLI could not be bundled: its end-to-end tests will fail");
  rmSync(`${cli}/dist/skillmeat.js`, { force: true });
}

function build(folder: string): boolean {
  const { status } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: folder,
    // As it is delivered; vitest says "test".
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return status === 0;
}
