import { createClient, type SkillmeatClient } from "@skillmeat/client";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { cliBundle, cliEnv } from "./cli.ts";
import type { TestHome } from "./home.ts";
import { fieldOf } from "./json.ts";
import { killServer } from "./through-server.ts";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly token: string;
  /** The typed client; calls of one moment go as one batch. */
  readonly client: SkillmeatClient;
  /** The procedures of the mutations that it has done so far, by its log. */
  mutations(): string[];
  /** Its log so far: what it wrote a moment ago may not be here yet. */
  log(): string;
  /** Ends the process and waits for its end. SIGKILL leaves it no last word. */
  stop(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/**
 * Runs the bundled `skillmeat serve` on a home, until the end of the test at the latest; in place of
 * the one that was started for the test's commands, where there is one.
 */
export async function serve(home: TestHome): Promise<ServerProcess> {
  await killServer(home.root);
  return startServer(home);
}

/**
 * Runs the bundled `skillmeat serve` on a home, until the end of the test at the latest.
 * @param prefix a command that runs it, such as one that changes the user
 * @param port one that was served before, perhaps; any that is free where it is 0
 */
export async function startServer(
  home: TestHome,
  prefix: readonly string[] = [],
  port = 0,
): Promise<ServerProcess> {
  const serving = [process.execPath, cliBundle, "serve", "--port", String(port), "--json"];
  const [program = process.execPath, ...rest] = [...prefix, ...serving];
  const child = spawn(program, rest, {
    cwd: home.root,
    env: cliEnv(home),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (log += chunk));
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  onTestFinished(() => stop("SIGKILL"));
  let printed = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    printed += String(chunk);
    if (printed.endsWith("}\n")) break;
  }
  if (printed === "") throw new Error(`The server did not start: ${log}`);
  const url = String(fieldOf(JSON.parse(printed), "url"));
  const token = String(fieldOf(JSON.parse(home.read("server.json")), "token"));
  const { pid = 0 } = child;
  const mutations = () =>
    log
      .split("\n")
      .filter((line) => line.includes('"msg":"mutation"'))
      .map((line) => String(fieldOf(JSON.parse(line), "path")));
  const client = createClient({ url, token, batch: true });
  return { url, pid, token, client, mutations, log: () => log, stop };
}
