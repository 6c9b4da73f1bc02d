import { spawnSync } from "node:child_process";
import { chownSync, readdirSync } from "node:fs";
import { cliBundle } from "./cli.ts";
import type { TestHome } from "./home.ts";

const NOBODY = 65_534;

/** What runs a command as a user whom a folder's mode stops, who owns the home then; null where that cannot be done here. */
export function asStoppableUser(home: TestHome): readonly string[] | null {
  if (process.getuid?.() !== 0) return [];
  const prefix = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  const [program = "", ...rest] = prefix;
  const { status } = spawnSync(program, [...rest, process.execPath, cliBundle, "--version"]);
  if (status !== 0) return null;
  for (const folder of readdirSync(home.root, { recursive: true, encoding: "utf8" })) {
    chownSync(home.path(folder), NOBODY, NOBODY);
  }
  chownSync(home.root, NOBODY, NOBODY);
  return prefix;
}
