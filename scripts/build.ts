import { spawnSync } from "node:child_process";
import { buildCommand, buildEnv, root } from "./workspace.ts";

const [command, ...args] = buildCommand();
const { status, error } = spawnSync(command, args, {
  cwd: root,
  env: buildEnv(),
  stdio: ["ignore", "inherit", "inherit"],
});
if (error !== undefined) console.error(error.message);
process.exitCode = status ?? 1;
