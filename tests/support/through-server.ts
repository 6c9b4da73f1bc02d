import { existsSync } from "node:fs";
import type { ServerProcess } from "./serve.ts";
import { fieldOf } from "./json.ts";
import type { TestHome } from "./home.ts";

/**
 * Whether the commands of a test go through a running server, as in the project `e2e-server`, or work
 * on the home themselves. The results have to be the same.
 */
export const throughServer: boolean = process.env["SKILLMEAT_E2E"] === "server";

const servers = new Map<string, Promise<ServerProcess>>();

/** Starts the server of a home, unless one runs already, be it the test's own. */
export async function ensureServer(
  home: TestHome,
  start: (home: TestHome) => Promise<ServerProcess>,
): Promise<void> {
  if (!servers.has(home.root) && hasOwnServer(home)) return;
  const running = servers.get(home.root) ?? start(home);
  servers.set(home.root, running);
  await running;
}

function hasOwnServer(home: TestHome): boolean {
  if (!existsSync(home.path("server.json"))) return false;
  try {
    return process.kill(Number(fieldOf(JSON.parse(home.read("server.json")), "pid")), 0);
  } catch {
    return false;
  }
}

/** Kills the server of a home, as a crash would, where one was started for its commands. */
export async function killServer(root: string): Promise<void> {
  const running = servers.get(root);
  servers.delete(root);
  await (await running)?.stop("SIGKILL");
}
