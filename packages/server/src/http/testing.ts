import { openHome, type Home } from "@skillmeat/core";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished } from "vitest";
import { keepBrowserKey } from "../browser-key.ts";
import { SECURITY_HEADERS } from "./headers.ts";
import { startServer, type RunningServer, type ServerOptions } from "./start-server.ts";

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** False sends no Host header. */
  readonly setHost?: boolean;
}

/** A new home, which goes with the test. */
export async function openTemporaryHome(): Promise<Home> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-server-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const home = await openHome({ root });
  onTestFinished(() => home.close());
  return home;
}

/** The cookie of a browser that was let in. */
function cookieOf({ url }: RunningServer, { paths }: Home): string {
  return `skillmeat-${new URL(url).port}=${keepBrowserKey(paths.browserKey)}`;
}

/**
 * A server of a new home with one empty collection, and ways to call it as any program could. Each
 * answer is looked at for the headers that all have, and each error for what none may tell.
 */
export async function serve(options: Partial<ServerOptions> = {}) {
  const home = await openTemporaryHome();
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const server = await startServer({ home, port: 0, host: "127.0.0.1", log, ...options });
  onTestFinished(() => server.close());
  const good = goodHeaders(server);
  const call = async (path: string, how: Call = {}) => {
    const answer = await send(server.url + path, how);
    checkAnswer(answer, home.root);
    return answer;
  };
  const mutate = (path: string, input: unknown) =>
    call(`/trpc/${path}`, { method: "POST", headers: good, body: JSON.stringify(input) });
  const createGroups = (names: readonly string[]) =>
    call(`/trpc/${names.map(() => "groups.create").join(",")}?batch=1`, {
      method: "POST",
      headers: good,
      body: JSON.stringify(Object.fromEntries(names.map((name, index) => [index, { name }]))),
    });
  expect((await mutate("collections.create", { name: "default" })).status).toBe(200);
  return { home, server, good, cookie: cookieOf(server, home), call, mutate, createGroups, lines };
}

function goodHeaders({ token }: RunningServer) {
  return {
    "x-skillmeat": "1",
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
  };
}

/** One request by node:http: fetch does not let the Host header be chosen. */
export function send(url: string, { body, setHost = true, ...options }: Call): Promise<Answer> {
  // Else an empty one that was given is replaced.
  const addsHost = setHost && options.headers?.["host"] === undefined;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, setHost: addsHost }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => (text += chunk));
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode ?? 0, text, headers: incoming.headers }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** What every answer must have, and none may. */
function checkAnswer({ status, text, headers }: Answer, root: string): void {
  expect(headers).toMatchObject(SECURITY_HEADERS);
  const names = Object.keys(headers);
  expect(names.filter((name) => /^access-control-|^x-powered-by$|^server$/.test(name))).toEqual([]);
  if (status < 400) return;
  expect(text).not.toMatch(/\n\s+at |"stack"|node_modules|\.[cm]?[jt]s:\d/);
  const paths = text.match(/(?<![\w.:/])\/[\w.-]+\/[\w./-]*/g) ?? [];
  expect(paths.filter((path) => !path.startsWith(root))).toEqual([]);
}

/** The names of all groups in the cache, in order. */
export async function groupNames(home: Home): Promise<string[]> {
  const rows = await home.cache.db
    .selectFrom("groups")
    .select("name")
    .orderBy("position")
    .execute();
  return rows.map(({ name }) => name);
}

/** The text of the collection's manifest. */
export function readManifest(home: Home): string {
  return readFileSync(join(home.paths.collections, "default", "collection.toml"), "utf8");
}
