import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { cliEnv } from "../../../support/cli.ts";
import type { TestHome } from "../../../support/home.ts";
import type { Line, Orders } from "./driver.ts";

const script = fileURLToPath(new URL("driver.ts", import.meta.url));

/** A process that works on a home itself. */
export interface Driver {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Lets it finish its mutation and end. */
  finish(): void;
  /** Resolves once it has ended and all of its lines were told; throws where it crashed. */
  readonly ended: Promise<void>;
}

/** Starts a process that mutates a home, until the end of the test at the latest. */
export function startDriver(
  home: TestHome,
  orders: Omit<Orders, "home" | "inbox">,
  onLine: (line: Line) => void,
): Driver {
  const all: Orders = { ...orders, home: home.root, inbox: home.path("inbox") };
  const args = ["--conditions=@skillmeat/source", script, JSON.stringify(all)];
  const child = spawn(process.execPath, args, {
    cwd: home.root,
    env: cliEnv(home),
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  child.stdin.on("error", () => {});
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line: Line = JSON.parse(text);
    onLine(line);
  });
  const ended = once(child, "close").then(() => {
    if (child.exitCode === 0 || child.signalCode === "SIGKILL") return;
    throw new Error(`A driver ended with ${child.exitCode ?? child.signalCode}: ${stderr}`);
  });
  ended.catch(() => {});
  return {
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    finish: () => child.stdin.end(),
    ended,
  };
}
