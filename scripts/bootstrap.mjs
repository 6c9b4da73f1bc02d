// Installs the workspace, then runs a command with the project's own Node and tools:
//
//   node scripts/bootstrap.mjs [--as-check] [COMMAND ARG...]
//
// It is what a bare machine runs first, so it is plain JavaScript for Node 20 without a dependency.

import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Installs what the lockfile says; a failure prints all that pnpm said and ends the process. */
function install(asCheck) {
  const { status, error, stdout, stderr } = spawnSync(
    "npx",
    ["--yes", packageManager, "install", "--frozen-lockfile"],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 },
  );
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  console.error(`The packages could not be installed: ${error?.message ?? `exit code ${status}`}`);
  if (asCheck) console.log("0 passed, 1 failed");
  process.exit(1);
}

/**
 * Runs a command in a process group of its own and hands signals on to that group, once each: a
 * terminal's Ctrl-C would reach the command twice otherwise, as npm forwards the one it gets.
 */
function run(command, args) {
  const child = spawn(command, args, {
    stdio: "inherit",
    detached: true,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
  });
  const send = (signal) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // The group has ended already.
    }
  };
  const sent = new Map();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      const now = Date.now();
      if (now - (sent.get(signal) ?? 0) < 300) return;
      sent.set(signal, now);
      send(signal);
    });
  }
  // Where npm, or the shell between, was killed, nobody is left to hand a signal on.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    send("SIGTERM");
  }, 500);
  child.on("error", (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exit(code ?? 128 + constants.signals[signal]);
  });
}

const asCheck = process.argv[2] === "--as-check";
const [command, ...args] = process.argv.slice(asCheck ? 3 : 2);
if (process.stderr.isTTY) console.error("Installing the packages …");
install(asCheck);
if (command !== undefined) run(command, args);
