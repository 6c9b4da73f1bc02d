import { readServerFile, type ServerRecord } from "@skillmeat/server/server-file";
import { createTRPCClient, localLink } from "@trpc/client";
import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ServerAddress } from "./call-server.ts";
import { createClientOf, type SkillmeatClient } from "./create-client.ts";
import { ask, briefLink } from "./node/brief-link.ts";
import type { AppRouter } from "./types.ts";

/** How long a server that answers at all takes at most to say that it lives. */
const HEALTH_MS = 1_000;

/** The typed client, whether a server answers it or this process. */
export interface Connection {
  readonly client: SkillmeatClient;
  /** Closes the home where this process works on it; a server goes on. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** The home's folder. */
  readonly home: string;
  /** Works in this process, whether a server runs or not. */
  readonly embedded?: boolean | undefined;
  /** Makes calls to a server as `createBriefClient` does: sooner done with a few, dearer for many. */
  readonly brief?: boolean | undefined;
  /**
   * Told, where this process works on the home, of what a person should know that no call was the cause
   * of: a cache that was broken and had to be recovered.
   */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * Connects to the home's running server, or works on the home in this process where none runs. Should
 * the server be started anew, calls go to the new one, and subscriptions go on there.
 * @throws SkillmeatError of the core where the home cannot be opened in this process
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const root = resolve(options.home);
  const running = options.embedded === true ? null : await findServer(root);
  if (running === null) return openEmbedded(root, options.onNotice);
  const file = serverFile(root);
  const address = () => readServerFile(file) ?? running;
  const link = options.brief === true ? briefLink(address) : undefined;
  const client = createClientOf(address, { isFixed: false, link });
  return { client, close: async () => {} };
}

/**
 * A client as `createClient` makes one, for a program that makes a few calls and ends: it does without
 * `fetch`, whose loading takes longer than they do.
 * @param server that is reached over plain HTTP
 */
export function createBriefClient(server: ServerAddress): SkillmeatClient {
  const address = () => server;
  return createClientOf(address, { isFixed: true, link: briefLink(address) });
}

/** The server that runs for a home and answers; null where there is none. */
export async function findServer(home: string): Promise<ServerRecord | null> {
  const record = readServerFile(serverFile(home));
  if (record === null || !isAlive(record.pid)) return null;
  try {
    const call = { type: "query", path: "system.health", input: undefined } as const;
    const health = await ask(record, call, AbortSignal.timeout(HEALTH_MS));
    const served = homeIn(health);
    return served !== null && realpathSync(served) === realpathSync(home) ? record : null;
  } catch {
    return null;
  }
}

/** The home that a server says it serves; null where it is no SkillMeat server. */
function homeIn(health: unknown): string | null {
  const isRecord = typeof health === "object" && health !== null && "home" in health;
  return isRecord && typeof health.home === "string" ? health.home : null;
}

/** As core's `homePaths` has it; loading the core for one name would make each command start later. */
function serverFile(home: string): string {
  return join(home, "server.json");
}

/** Loads the core and the procedures, which a program that talks to a server never needs. */
async function openEmbedded(
  root: string,
  onNotice: ConnectOptions["onNotice"],
): Promise<Connection> {
  const [{ openHome }, { appRouter, createEvents }] = await Promise.all([
    import("@skillmeat/core"),
    import("@skillmeat/server/router"),
  ]);
  const home = await openHome({ root, onNotice });
  const events = createEvents({ home });
  const client = createTRPCClient<AppRouter>({
    links: [localLink({ router: appRouter, createContext: async () => ({ home, events }) })],
  });
  const close = async () => {
    await events.close();
    await home.close();
  };
  return { client, close };
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
