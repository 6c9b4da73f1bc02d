import { createClient, type SkillmeatClient } from "@skillmeat/client";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cliBundle } from "../../../support/cli.ts";
import { fieldOf } from "../../../support/json.ts";

/** A server that is to be killed. */
export interface Victim {
  readonly pid: number;
  readonly client: SkillmeatClient;
  kill(signal: NodeJS.Signals): void;
  /** Resolves to the signal that ended it; null where it ended by itself. */
  readonly ended: Promise<NodeJS.Signals | null>;
}

/**
 * Starts the bundled `skillmeat serve` on a home. All that it does with files it does in two threads: the main one, and one
 * of libuv's pool.
 * @param onSpawn gets the process before it serves
 * @returns null where it was killed before it served
 */
export async function startVictim(
  root: string,
  onSpawn: (kill: () => void) => void = () => {},
): Promise<Victim | null> {
  const child = spawn(
    process.execPath,
    ["--v8-pool-size=0", cliBundle, "serve", "--port", "0", "--json"],
    {
      cwd: root,
      env: {
        PATH: process.env["PATH"],
        // A first run would write what later ones read, and so make other calls than they.
        NODE_DISABLE_COMPILE_CACHE: "1",
        SKILLMEAT_HOME: root,
        HOME: root,
        UV_THREADPOOL_SIZE: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const ended = once(child, "close").then(() => child.signalCode);
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (log += chunk));
  onSpawn(() => child.kill("SIGKILL"));
  let printed = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    printed += String(chunk);
    if (printed.endsWith("}\n")) break;
  }
  if (!printed.endsWith("}\n")) {
    if ((await ended) === "SIGKILL") return null;
    throw new Error(`The server did not start: ${log}`);
  }
  const url = fieldOf(JSON.parse(printed), "url");
  if (typeof url !== "string") throw new Error(`The server did not start: ${printed}${log}`);
  const token = String(
    fieldOf(JSON.parse(readFileSync(join(root, "server.json"), "utf8")), "token"),
  );
  return {
    pid: child.pid ?? 0,
    client: createClient({ url, token }),
    kill: (signal) => child.kill(signal),
    ended,
  };
}

/** The threads of a victim that use files. */
export type ThreadRole = "main" | "pool";

/** The id of a victim's thread. */
export function threadOf({ pid }: Victim, role: ThreadRole): number {
  if (role === "main") return pid;
  const tasks = `/proc/${pid}/task`;
  const pool = readdirSync(tasks).filter(
    (task) => readFileSync(`${tasks}/${task}/comm`, "utf8").trim() === "libuv-worker",
  );
  if (pool.length !== 1) throw new Error(`The server has ${pool.length} pool threads, not one`);
  return Number(pool[0]);
}
