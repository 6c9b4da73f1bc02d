import { spawn } from "node:child_process";
import { once } from "node:events";
import { undoAtExit } from "./cleanup.ts";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Kills the process and waits for its end. */
  stop(): Promise<void>;
  /** Lets the process end as a person does, and waits for it. */
  end(): Promise<void>;
}

/** Settings of a person or of a test run that would change what a command does. */
const FOREIGN = /^(?:SKILLMEAT_|VITEST|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$)/;

/** The environment of a command that works on a home. */
function envOf(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return { ...Object.fromEntries(inherited), SKILLMEAT_HOME: home, HOME: home };
}

/**
 * Starts a program with this Node that prints `{"url": …}` once it listens.
 * @throws Error where it ends before
 */
export async function startListening(
  args: readonly string[],
  home: string,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    cwd: home,
    env: envOf(home),
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "close");
  const kill = undoAtExit(() => void child.kill("SIGKILL"));
  let printed = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    printed += String(chunk);
    if (printed.endsWith("}\n")) break;
  }
  if (printed === "") throw new Error(`\`${args.join(" ")}\` ended before it listened`);
  const { pid = 0 } = child;
  const stop = async () => {
    kill();
    await ended;
  };
  const end = async () => {
    child.kill("SIGTERM");
    await ended;
    await stop();
  };
  return { url: urlIn(printed), pid, stop, end };
}

/**
 * Runs a program with this Node to its end.
 * @throws Error where it fails
 */
export async function runToEnd(args: readonly string[], home: string): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: home, env: envOf(home), stdio: "ignore" });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`\`${args.join(" ")}\` failed: ${String(code)}`);
}

function urlIn(printed: string): string {
  const record: unknown = JSON.parse(printed);
  if (
    typeof record !== "object" ||
    record === null ||
    !("url" in record) ||
    typeof record.url !== "string"
  ) {
    throw new TypeError(`It printed no address: ${printed}`);
  }
  return record.url;
}
