import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the clone. */
export const root: string = fileURLToPath(new URL("..", import.meta.url));

/** The bundled CLI, which `npm run build` leaves. */
export const cliBundle: string = join(root, "apps", "cli", "dist", "skillmeat.js");

/**
 * What builds the libraries and the CLI: turbo, started by pnpm because turbo itself calls pnpm.
 * @returns a command and its arguments, for `spawn`
 */
export function buildCommand(): [string, ...string[]] {
  return ["npx", "--yes", packageManager(), "exec", "turbo", "run", "build", "--log-order=grouped"];
}

/** The environment of `buildCommand`: turbo reports nothing to anybody. */
export function buildEnv(): NodeJS.ProcessEnv {
  return { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
}

/** The pnpm that package.json names, such as `pnpm@12.21.0`. */
function packageManager(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  if (
    typeof manifest !== "object" ||
    manifest === null ||
    !("packageManager" in manifest) ||
    typeof manifest.packageManager !== "string"
  ) {
    throw new TypeError("package.json names no packageManager");
  }
  return manifest.packageManager;
}
