import { existsSync, renameSync } from "node:fs";
import { expect } from "vitest";
import type { ServerProcess } from "./serve.ts";
import { fieldOf } from "./json.ts";
import type { TestHome } from "./home.ts";

/**
 * Whether the commands of a test go through a running server, as in the project `e2e-server`, or work
 * on the home themselves. The results have to be the same.
 */
const throughServer: boolean = process.env["SKILLMEAT_E2E"] === "server";

/** A server that was started for the commands of a test. */
interface Started {
  readonly prefix: readonly string[];
  readonly server: Promise<ServerProcess>;
}

const servers = new Map<string, Started>();

/**
 * Starts the server of a home where commands go through one, unless one runs already, be it the
 * test's own.
 * @param prefix what the command is run by, and so the server; one that was started by another is
 * replaced
 * @returns its address; null where commands go through none
 */
export async function ensureServer(
  home: TestHome,
  prefix: readonly string[] = [],
): Promise<string | null> {
  if (!throughServer) return null;
  const running = servers.get(home.root);
  const own = running === undefined ? ownServer(home) : null;
  if (own !== null) return own;
  if (running !== undefined && running.prefix.join("\0") === prefix.join("\0")) {
    return (await running.server).url;
  }
  const server = startInstead(home, prefix);
  servers.set(home.root, { prefix, server });
  return (await server).url;
}

async function startInstead(home: TestHome, prefix: readonly string[]): Promise<ServerProcess> {
  const killed = killServer(home.root);
  const { startServer } = await import("./serve.ts");
  await killed;
  return startServer(home, prefix);
}

/**
 * Starts the server of a home, where commands go through one, before its collections are there. A
 * server reads them all at its start; so it is the next command that does, as it is without one.
 */
export async function ensureServerHasReadNothing(home: TestHome): Promise<void> {
  if (!throughServer) return;
  await killServer(home.root);
  renameSync(home.path("collections"), home.path("aside"));
  await ensureServer(home);
  renameSync(home.path("aside"), home.path("collections"));
}

/**
 * What a refresh says that it took in; a server, which watches the folders, may have been first.
 * @param report of a refresh that nothing came before
 */
export function tookIn(report: object): unknown {
  return throughServer ? expect.anything() : report;
}

/** The address of a server that the test started itself; null where none runs. */
function ownServer(home: TestHome): string | null {
  if (!existsSync(home.path("server.json"))) return null;
  const record: unknown = JSON.parse(home.read("server.json"));
  try {
    process.kill(Number(fieldOf(record, "pid")), 0);
  } catch {
    return null;
  }
  return String(fieldOf(record, "url"));
}

/** Kills the server of a home, as a crash would, where one was started for its commands. */
export async function killServer(root: string): Promise<void> {
  const running = servers.get(root);
  servers.delete(root);
  await (await running?.server)?.stop("SIGKILL");
}
