import { request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { SECURITY_HEADERS } from "./headers.ts";
import { serve } from "./testing.ts";

const PATH = "/trpc/events.changes";

/** A server, and what opens its events as a browser's EventSource does that has the server's cookie. */
async function setUp(options: Parameters<typeof serve>[0] = {}) {
  const served = await serve(options);
  const own = {
    accept: "text/event-stream",
    "sec-fetch-site": "same-origin",
    cookie: served.cookie,
  };
  const open = (headers: Record<string, string>, path = PATH) =>
    openStream(served.server.url + path, headers);
  return { ...served, own, open };
}

/** The beginning of an answer: its head, and what reads on. */
function openStream(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { headers, agent: false }, resolve);
    onTestFinished(() => void outgoing.destroy());
    outgoing.on("error", reject);
    outgoing.end();
  });
}

/** What has come over a stream so far. */
function reading(stream: IncomingMessage): () => string {
  let read = "";
  stream.setEncoding("utf8").on("data", (chunk) => (read += String(chunk)));
  return () => read;
}

const patient = { timeout: 30_000 };

test("a page of the server itself follows by its cookie, and each event has an id to go on from", async () => {
  const { open, own } = await setUp();
  const stream = await open(own);
  expect(stream.statusCode).toBe(200);
  expect(stream.headers).toMatchObject({
    ...SECURITY_HEADERS,
    "content-type": "text/event-stream",
  });
  const read = reading(stream);
  await expect.poll(read, patient).toContain('"type":"state"');
  expect(read()).toMatch(/data: \{"type":"reset"\}\nid: [\w-]+:\d+\n/);
});

test("without the cookie, or with another's, a page follows nothing", async () => {
  const { open, own } = await setUp();
  const { cookie, ...bare } = own;
  for (const headers of [bare, { ...own, cookie: `${cookie}x` }, { ...own, cookie: "a=b" }]) {
    expect((await open(headers)).statusCode).toBe(401);
  }
});

test("who is no page of the server itself follows nothing, though it has the cookie", async () => {
  const { open, own } = await setUp();
  const wrong: Record<string, string>[] = [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "" },
    { origin: "https://evil.example" },
    { host: "evil.example" },
  ];
  for (const changes of wrong) {
    expect((await open({ ...own, ...changes })).statusCode, JSON.stringify(changes)).toBe(403);
  }
});

test("nothing but a subscription is let in without our header", async () => {
  const { call, open, own } = await setUp();
  for (const path of ["/trpc/groups.list", "/trpc/events.changes,groups.list?batch=1"]) {
    expect((await open(own, path)).statusCode).toBe(403);
  }
  const headers = { ...own, "content-type": "application/json" };
  expect((await call(PATH, { method: "POST", headers, body: "{}" })).status).toBe(403);
});

test("a subscription outlives the time that a request may take, and is cut off at once by closing", async () => {
  const timeouts = { headers: 100, request: 200, interval: 20 };
  const { mutate, open, own, server } = await setUp({ timeouts });
  const stream = await open(own);
  const read = reading(stream);
  await expect.poll(read, patient).toContain('"type":"state"');
  expect(await answerToHalf(server.url)).toContain(" 408 ");
  await mutate("groups.create", { name: "A" });
  await expect.poll(read, patient).toContain('"groups.create"');
  const cut = new Promise((resolve) => stream.once("close", resolve));
  stream.on("error", () => {});
  await server.close();
  await cut;
});

/** What the server says to a client that never ends its request. */
function answerToHalf(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write("GET / HTTP/1.1\r\n"));
    let answer = "";
    socket.on("data", (chunk) => (answer += String(chunk))).on("close", () => resolve(answer));
  });
}

test("a hundred may follow; one more is refused until another goes", async () => {
  const { open, own } = await setUp();
  const streams = await Promise.all(Array.from({ length: 100 }, () => open(own)));
  expect(new Set(streams.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  expect((await open(own)).statusCode).toBe(503);
  streams[0]?.destroy();
  await expect.poll(async () => (await open(own)).statusCode, patient).toBe(200);
});
