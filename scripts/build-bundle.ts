import { existsSync } from "node:fs";
import { runCaptured } from "./run-captured.ts";
import { buildCommand, buildEnv, cliBundle, root } from "./workspace.ts";

/**
 * Builds what this clone delivers, and prints what the build said where it fails.
 * @returns whether the bundled CLI is there to be run; the process ends with an error where it is not
 */
export async function buildBundle(): Promise<boolean> {
  const build = await runCaptured(buildCommand(), root, buildEnv());
  if (build.code === 0 && existsSync(cliBundle)) return true;
  console.error(`${build.output.trimEnd()}\nThe build failed.`);
  process.exitCode = 1;
  return false;
}
