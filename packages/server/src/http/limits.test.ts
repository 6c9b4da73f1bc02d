import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { SECURITY_HEADERS } from "./headers.ts";
import { groupNames, send, serve } from "./testing.ts";

const MEGABYTE = 1024 * 1024;
const CREATE = "/trpc/groups.create";

/** The path of a batch of so many calls. */
function batchOf(count: number): string {
  return `/trpc/${Array.from({ length: count }, () => "system.health").join(",")}?batch=1`;
}

/** Writes to a socket, and reads until the server ends it. */
function exchange(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding("utf8").on("data", (chunk) => (answer += String(chunk)));
    socket.on("error", reject).on("close", () => resolve(answer));
  });
}

/** What a server says that gives up on a client: a status, and the headers of every answer. */
function expectRaw(answer: string, status: number): void {
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    expect(answer).toContain(`${name}: ${value}\r\n`);
  }
}

test("a body over one megabyte is refused, whether its length is told or not", async () => {
  const { call, good, home } = await serve();
  const body = JSON.stringify({ name: "x", description: "x".repeat(MEGABYTE) });
  for (const headers of [good, { ...good, "transfer-encoding": "chunked" }]) {
    const { status } = await call(CREATE, { method: "POST", headers, body });
    expect(status).toBe(413);
  }
  expect(await groupNames(home)).toEqual([]);
});

test("a body of one megabyte is read", async () => {
  const { call, good } = await serve();
  const body = `{"name":"A"}${" ".repeat(MEGABYTE - 12)}`;
  expect((await call(CREATE, { method: "POST", headers: good, body })).status).toBe(200);
});

test("a batch holds 100 calls, and no more", async () => {
  const { call, good } = await serve();
  expect((await call(batchOf(100), { headers: good })).status).toBe(200);
  expect((await call(batchOf(101), { headers: good })).status).toBe(400);
});

test("a client that takes too long gets 408, in the headers and in the body", async () => {
  const { call, good, home, lines, server } = await serve({
    timeouts: { headers: 500, request: 1_000, interval: 50 },
  });
  const { host } = new URL(server.url);
  const start = `POST ${CREATE} HTTP/1.1\r\nHost: ${host}\r\n`;
  const headers = Object.entries(good).map(([name, value]) => `${name}: ${value}\r\n`);
  expectRaw(await exchange(server.url, start), 408);
  const half = `${start}${headers.join("")}content-length: 100\r\n\r\n{"name"`;
  expectRaw(await exchange(server.url, half), 408);
  expect(await groupNames(home)).toEqual([]);
  expect((await call("/trpc/system.health", { headers: good })).status).toBe(200);
  expect(lines.filter((line) => line.includes("unexpected"))).toEqual([]);
});

test("what is no HTTP, and headers without end, are refused", async () => {
  const { call, server } = await serve();
  expectRaw(await exchange(server.url, "EHLO evil.example\r\n\r\n"), 400);
  const long = `GET / HTTP/1.1\r\nx: ${"x".repeat(32 * 1024)}\r\n\r\n`;
  expectRaw(await exchange(server.url, long), 431);
  expect((await call("/")).status).toBe(200);
});

test("1,000 requests over the limits leave nothing in memory", async () => {
  const { good, server } = await serve();
  const body = Buffer.alloc(MEGABYTE + 1, "x");
  const chunked = { ...good, "transfer-encoding": "chunked" };
  const text = { ...good, "content-type": "text/plain" };
  const round = async () => {
    const answers = await Promise.all([
      send(server.url + CREATE, { method: "POST", headers: good, body }),
      send(server.url + CREATE, { method: "POST", headers: chunked, body }),
      send(server.url + CREATE, { method: "POST", headers: text, body }),
      send(server.url + batchOf(101), { headers: good }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([413, 413, 415, 400]);
  };
  const bytesInUse = createMeter();
  for (let times = 0; times < 25; times += 1) await round();
  const before = bytesInUse();
  for (let times = 0; times < 250; times += 1) await round();
  // The last connections are still being closed.
  await expect.poll(() => bytesInUse() - before, { timeout: 10_000 }).toBeLessThan(8 * MEGABYTE);
});

/** Measures what this process, and so its server, holds once its garbage is collected. */
function createMeter(): () => number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("The garbage collector cannot be called");
  return () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
}
