import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TestHome } from "./home.ts";
import { ensureServer } from "./through-server.ts";

/** The bundled CLI; the global setup has built it. */
export const cliBundle: string = fileURLToPath(
  new URL("../../apps/cli/dist/skillmeat.js", import.meta.url),
);

/** How a command ended and what it printed. */
export interface CliResult {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as the one JSON document that it must be. Throws where it is not. */
  json(): unknown;
}

export interface CliOptions {
  /** Added to a clean environment. */
  readonly env?: Record<string, string>;
  /** What stands on stdin; nothing by default. */
  readonly input?: string;
  readonly cwd?: string;
  /** A command that runs the CLI, and the server it goes through, such as one that changes the user. */
  readonly prefix?: readonly string[];
}

/** What a command works on by itself, or without a home. */
const ALONE = ["serve", "--embedded", "--server", "--help", "--version"];

/**
 * Runs the real bundled CLI on a home with this Node.
 * @param args the command line, such as `["group", "list", "--json"]`
 */
export async function run(
  home: TestHome,
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const { env, input, cwd, prefix = [] } = options;
  const alone = ALONE.some((word) => args.includes(word));
  const server = alone ? null : await ensureServer(home, prefix);
  // A command that finds no server works on the home itself; one that is told which does not.
  const told = server === null ? [] : ["--server", server];
  const command = [process.execPath, cliBundle, ...args, ...told];
  const [program = process.execPath, ...rest] = [...prefix, ...command];
  const child = spawn(program, rest, {
    cwd: cwd ?? home.root,
    env: cliEnv(home, env),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  // A command that ends without reading stdin closes the pipe; that is its right.
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr, json: () => parseJson(args, stdout, stderr) });
    });
  });
}

/** Settings of a person or of a CI that would change what a command prints. */
const FOREIGN = /^(?:SKILLMEAT_|VITEST|NODE_ENV$|NO_COLOR$|FORCE_COLOR$)/;

/** The environment of a command: no setting of the person who runs the tests gets in. */
export function cliEnv(home: TestHome, env: Record<string, string> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return { ...Object.fromEntries(inherited), SKILLMEAT_HOME: home.root, HOME: home.root, ...env };
}

function parseJson(args: readonly string[], stdout: string, stderr: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`\`skillmeat ${args.join(" ")}\` printed no JSON: ${stdout}\n${stderr}`);
  }
}
