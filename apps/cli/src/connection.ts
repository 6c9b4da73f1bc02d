import { createClient, type AppRouter, type SkillmeatClient } from "@skillmeat/client";
import { readServerFile, type ServerRecord } from "@skillmeat/server/server-file";
import { createTRPCClient, isTRPCClientError, localLink } from "@trpc/client";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "./failure.ts";

/** How long a server that answers at all takes at most to say that it lives. */
const HEALTH_MS = 1_000;
const NAMED_HEALTH_MS = 10_000;

/** The typed client, whether a server answers it or this process. */
export interface Connection {
  readonly client: SkillmeatClient;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** The home's folder. */
  readonly home: string;
  /** The address of the server to use, whatever `server.json` says. */
  readonly server?: string | undefined;
  /** Uses no server. */
  readonly embedded?: boolean | undefined;
}

/**
 * Connects to the home's running server, or works on the home in this process where none runs.
 * @throws CliError where a server was named and does not answer
 */
export async function connect({ home, server, embedded }: ConnectionOptions): Promise<Connection> {
  if (server !== undefined) return connectTo(server, home);
  const running = embedded === true ? null : await findServer(home);
  return running === null ? openEmbedded(home) : remote(createClient(running));
}

/** The server that runs for a home and answers; null where there is none. */
export async function findServer(home: string): Promise<ServerRecord | null> {
  const record = readServerFile(serverFileOf(home));
  if (record === null || !isAlive(record.pid)) return null;
  try {
    const health = await createClient(record).system.health.query(undefined, {
      signal: AbortSignal.timeout(HEALTH_MS),
    });
    return realpathSync(health.home) === realpathSync(home) ? record : null;
  } catch {
    return null;
  }
}

async function connectTo(url: string, home: string): Promise<Connection> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new CliError("invalid-input", `--server needs an address such as http://127.0.0.1:7420`);
  }
  const client = createClient({ url, token: tokenFor(url, home) });
  try {
    await client.system.health.query(undefined, { signal: AbortSignal.timeout(NAMED_HEALTH_MS) });
  } catch (error) {
    if (isTRPCClientError(error) && error.data !== undefined && error.data !== null) throw error;
    throw new CliError("internal", `No SkillMeat server answers at ${url}`, "skillmeat serve", {
      cause: error,
    });
  }
  return remote(client);
}

/** The token of the home's server is sent to no other address. */
function tokenFor(url: string, home: string): string | undefined {
  const record = readServerFile(serverFileOf(home));
  const same = record !== null && new URL(record.url).origin === new URL(url).origin;
  return same ? record.token : process.env["SKILLMEAT_TOKEN"];
}

/** As core's `homePaths` has it; loading the core for one name would make each command start later. */
function serverFileOf(home: string): string {
  return join(home, "server.json");
}

function remote(client: SkillmeatClient): Connection {
  return { client, close: async () => {} };
}

/** Loads the core and the procedures, which a command that talks to a server never needs. */
async function openEmbedded(root: string): Promise<Connection> {
  const [{ openHome }, { appRouter }] = await Promise.all([
    import("@skillmeat/core"),
    import("@skillmeat/server/router"),
  ]);
  const home = await openHome({ root });
  const client = createTRPCClient<AppRouter>({
    links: [localLink({ router: appRouter, createContext: async () => ({ home }) })],
  });
  return { client, close: () => home.close() };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, and lives.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
