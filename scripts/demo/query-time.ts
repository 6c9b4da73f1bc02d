import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cliBundle } from "../workspace.ts";
import type { DemoHome, Stage } from "./stage.ts";

const GROUPS = 1_000;
const MEMBERS = 50;
const ROUNDS = 6;
const QUERIES_A_ROUND = 25;

/** Beyond this the difference is no noise: to read this manifest takes several times a query. */
const FACTOR = 1.75;

/**
 * Asks a running server for one group of a large collection, many times, with the manifest there and
 * with it moved away, in turns, so that whatever else the machine does meets both alike.
 */
export async function playQueryTime(stage: Stage): Promise<string> {
  const home = stage.home("examples");
  const manifest = home.collection("collection.toml");
  const away = home.collection("collection.toml.away");
  const text = `${readFileSync(manifest, "utf8").trimEnd()}\n\n${manyGroups()}`;
  writeFileSync(manifest, text);
  stage.act(`A manifest of ${GROUPS} more groups: ${Math.round(text.length / 1024)} KB`);
  const server = await serve(home);
  try {
    const query = createQuery(home);
    const withIt: number[] = [];
    const without: number[] = [];
    await measure(query);
    for (let round = 0; round < ROUNDS; round += 1) {
      withIt.push(...(await measure(query)));
      renameSync(manifest, away);
      without.push(...(await measure(query)));
      renameSync(away, manifest);
    }
    const [there, gone] = [median(withIt), median(without)];
    stage.show(
      `groups.get over HTTP, median of ${withIt.length} calls each\n` +
        `with the manifest     ${there.toFixed(2)} ms\n` +
        `without the manifest  ${gone.toFixed(2)} ms`,
    );
    if (there > gone * FACTOR) throw new Error("a query is slower with a manifest than without");
    return "the same, within noise: queries are answered by the cache";
  } finally {
    if (server.exitCode === null && server.kill("SIGTERM")) await once(server, "exit");
  }
}

function manyGroups(): string {
  const members = Array.from({ length: MEMBERS }, (_, index) => `"member-${index}"`).join(", ");
  return Array.from(
    { length: GROUPS },
    (_, index) => `[[groups]]\nname = "Group ${index}"\nmembers = [${members}]\n`,
  ).join("\n");
}

/** Starts `skillmeat serve` on any free port; resolves once it answers. */
async function serve(home: DemoHome): Promise<ChildProcess> {
  const server = spawn(process.execPath, [cliBundle, "serve", "--port", "0", "--quiet"], {
    env: home.env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const failed = once(server, "exit").then(([code]) => {
    throw new Error(`the server ended with ${String(code)}`);
  });
  // It prints its address when it is ready.
  await Promise.race([once(server.stdout, "data"), failed]);
  failed.catch(() => {});
  return server;
}

function createQuery(home: DemoHome): () => Promise<void> {
  const { url, token } = readServer(home);
  const input = JSON.stringify({ collection: "default", group: `Group ${GROUPS - 1}` });
  const address = `${url}/trpc/groups.get?input=${encodeURIComponent(input)}`;
  const headers = { authorization: `Bearer ${token}`, "x-skillmeat": "1" };
  return async () => {
    const response = await fetch(address, { headers });
    const body = await response.text();
    if (!response.ok) throw new Error(`the query failed: ${body}`);
  };
}

function readServer(home: DemoHome): { url: string; token: string } {
  const record: unknown = JSON.parse(readFileSync(join(home.root, "server.json"), "utf8"));
  if (typeof record === "object" && record !== null && "url" in record && "token" in record) {
    return { url: String(record.url), token: String(record.token) };
  }
  throw new Error("server.json names no address and token");
}

async function measure(query: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < QUERIES_A_ROUND; call += 1) {
    const started = performance.now();
    await query();
    times.push(performance.now() - started);
  }
  return times;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
