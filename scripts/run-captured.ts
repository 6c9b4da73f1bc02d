import { spawn } from "node:child_process";

/** How a command ended; `code` is null where it could not be started or a signal ended it. */
export interface Captured {
  readonly code: number | null;
  /** stdout and stderr, in the order in which they came. */
  readonly output: string;
  readonly seconds: number;
}

/**
 * Runs a command to its end with nothing on stdin and keeps what it prints.
 * @param env the command's whole environment
 * @returns how it ended; never throws, a command that cannot be started says so in `output`
 */
export function runCaptured(
  [command, ...args]: readonly [string, ...string[]],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Captured> {
  const started = performance.now();
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    const finish = (code: number | null) => {
      resolve({
        code,
        output: Buffer.concat(chunks).toString(),
        seconds: (performance.now() - started) / 1_000,
      });
    };
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      finish(null);
    });
    child.on("close", (code, signal) => {
      if (signal !== null) chunks.push(Buffer.from(`ended by ${signal}\n`));
      finish(code);
    });
  });
}
