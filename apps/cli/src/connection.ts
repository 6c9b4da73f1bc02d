import { createClient } from "@skillmeat/client";
import {
  connect as connectHome,
  createBriefClient,
  type ConnectOptions,
  type Connection,
} from "@skillmeat/client/node";
import { readServerFile } from "@skillmeat/server/server-file";
import { isTRPCClientError } from "@trpc/client";
import { join } from "node:path";
import { CliError } from "./failure.ts";

/** How long a named server takes at most to say that it lives. */
const HEALTH_MS = 10_000;

export interface ConnectionOptions extends ConnectOptions {
  /** The address of the server to use, whatever `server.json` says. */
  readonly server?: string | undefined;
}

/**
 * Connects to the named server; else to the home's running one, or works on the home in this process.
 * @throws CliError where a server was named and does not answer
 */
export async function connect({ server, ...options }: ConnectionOptions): Promise<Connection> {
  return server === undefined ? connectHome(options) : connectTo(server, options.home);
}

async function connectTo(url: string, home: string): Promise<Connection> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new CliError("invalid-input", `--server needs an address such as http://127.0.0.1:7420`);
  }
  const server = { url, token: tokenFor(url, home) };
  const client = url.startsWith("http:") ? createBriefClient(server) : createClient(server);
  try {
    await client.system.health.query(undefined, { signal: AbortSignal.timeout(HEALTH_MS) });
  } catch (error) {
    if (isTRPCClientError(error) && error.data !== undefined && error.data !== null) throw error;
    const hint = "skillmeat serve";
    throw new CliError("unreachable", `No SkillMeat server answers at ${url}`, hint, {
      cause: error,
    });
  }
  return { client, close: async () => {} };
}

/** The token of the home's server is sent to no other address. */
function tokenFor(url: string, home: string): string | undefined {
  const record = readServerFile(join(home, "server.json"));
  const same = record !== null && new URL(record.url).origin === new URL(url).origin;
  return same ? record.token : process.env["SKILLMEAT_TOKEN"];
}
