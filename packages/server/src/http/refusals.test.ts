import { openHome } from "@skillmeat/core";
import { expect, onTestFinished, test } from "vitest";
import { startServer } from "./start-server.ts";
import { groupNames, serve, type Call } from "./testing.ts";

const CREATE = "/trpc/groups.create";
const EVIL = JSON.stringify({ name: "Evil" });

/** A server, and a mutation that is right but for the headers given; undefined leaves one out. */
async function setUp(options: Parameters<typeof serve>[0] = {}) {
  const served = await serve(options);
  const { port } = new URL(served.server.url);
  const post = (changes: Record<string, string | undefined>, more: Call = {}) => {
    const headers = Object.entries<string | undefined>({ ...served.good, ...changes });
    const kept = headers.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return served.call(CREATE, {
      method: "POST",
      headers: Object.fromEntries(kept),
      body: EVIL,
      ...more,
    });
  };
  return { ...served, port, post };
}

/** What an error in tRPC's form says. */
function errorOf(text: string): unknown {
  return JSON.parse(text).error;
}

test("a request for another host reads nothing, not even /, and changes nothing", async () => {
  const { call, good, home, port, post } = await setUp();
  const foreign = [
    `evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    "evil.example",
    "127.0.0.1",
    "127.0.0.1:1",
    "",
  ];
  for (const host of foreign) {
    expect((await post({ host })).status, host).toBe(403);
    for (const path of ["/", "/trpc/groups.list"]) {
      expect((await call(path, { headers: { ...good, host } })).status, host).toBe(403);
    }
  }
  expect((await post({}, { setHost: false })).status).toBe(403);
  expect(await groupNames(home)).toEqual([]);
});

test.each(["a b:99999", "[::1", "evil.example:99999", "127.0.0.1:port", "a/b", "user@127.0.0.1"])(
  "the host %j, of which no address can be made, is refused as any foreign one",
  async (host) => {
    const { post } = await setUp();
    const { status, text } = await post({ host });
    expect(status).toBe(403);
    expect(errorOf(text)).toMatchObject({ message: `This server is not "${host}"` });
  },
);

test.each([
  ["a foreign origin", { origin: "https://evil.example" }],
  ["the origin null", { origin: "null" }],
  ["an empty origin", { origin: "" }],
  ["its own address on another port", { origin: "http://127.0.0.1:1" }],
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["the same site on another port", { "sec-fetch-site": "same-site" }],
  ["no header of ours", { "x-skillmeat": undefined }],
  ["another value of our header", { "x-skillmeat": "0" }],
])("%s is refused with 403, and changes nothing", async (_, changes) => {
  const { home, post } = await setUp();
  expect((await post(changes)).status).toBe(403);
  expect(await groupNames(home)).toEqual([]);
});

test.each([
  ["none", undefined],
  ["a form with files", "multipart/form-data; boundary=x"],
  ["text", "text/plain"],
  ["JSON that calls itself text", "text/plain; charset=application/json"],
  ["bytes", "application/octet-stream"],
  ["a form", "application/x-www-form-urlencoded"],
])("a body of type %s is refused with 415, and changes nothing", async (_, type) => {
  const { home, post } = await setUp();
  const { status, text } = await post({ "content-type": type });
  expect(status).toBe(415);
  expect(errorOf(text)).toMatchObject({ data: { reason: "invalid-input" } });
  expect(await groupNames(home)).toEqual([]);
});

test("a preflight is refused everywhere, also from its own origin", async () => {
  const { call, server } = await setUp();
  for (const path of ["/", "/trpc/groups.create", "/nowhere"]) {
    for (const origin of [server.url, "https://evil.example"]) {
      const headers = { origin, "access-control-request-method": "POST" };
      expect((await call(path, { method: "OPTIONS", headers })).status).toBe(403);
    }
  }
});

test("an expectation that is unknown changes nothing", async () => {
  const { post } = await setUp();
  expect((await post({ host: "evil.example", expect: "all" })).status).toBe(403);
  expect((await post({ expect: "all" })).status).toBe(200);
});

test("its own page and programs without an origin are let in", async () => {
  const { port, post } = await setUp();
  expect((await post({})).status).toBe(200);
  const origin = `http://localhost:${port}`;
  const own = await post({ host: `localhost:${port}`, origin, "sec-fetch-site": "same-origin" });
  expect(own.status).toBe(409);
});

test("without the token, or with a wrong one, nothing is answered", async () => {
  const { home, good, post } = await setUp();
  const wrong = [
    undefined,
    "",
    "Bearer",
    "Bearer wrong",
    "Basic x",
    good.authorization.slice(0, -1),
  ];
  for (const authorization of wrong) {
    const { status, text } = await post({ authorization });
    expect(status, authorization).toBe(401);
    expect(errorOf(text)).toMatchObject({
      message: "The token is missing or wrong",
      data: { reason: "refused", httpStatus: 401 },
    });
  }
  expect(await groupNames(home)).toEqual([]);
});

test("the printed address gives a browser its cookie, and the token leaves the address", async () => {
  const { call, server, cookie: own, post } = await setUp();
  const { pathname, search } = new URL(server.openUrl);
  const opened = await call(pathname + search);
  expect(opened.status).toBe(302);
  expect(opened.headers.location).toBe("/");
  const [cookie = "", ...attributes] = (opened.headers["set-cookie"] ?? []).join().split("; ");
  expect(cookie).toBe(own);
  expect(attributes.toSorted()).toEqual(["HttpOnly", "Path=/", "SameSite=Strict"]);
  expect((await post({ authorization: undefined, cookie })).status).toBe(200);
});

test("an address with a wrong token gives no cookie", async () => {
  const { call, port, post } = await setUp();
  const { status, headers } = await call("/?token=wrong");
  expect(status).toBe(401);
  expect(headers["set-cookie"]).toBeUndefined();
  const cookie = `skillmeat-${port}=wrong`;
  expect((await post({ authorization: undefined, cookie })).status).toBe(401);
});

test("the cookie of another home's server is not taken, nor one that bears another port", async () => {
  const [{ cookie: foreign }, { cookie, port, post }] = [await setUp(), await setUp()];
  const [, key = ""] = foreign.split("=");
  for (const other of [foreign, `skillmeat-${port}=${key}`, cookie.replace(port, "1")])
    expect((await post({ authorization: undefined, cookie: other })).status, other).toBe(401);
});

test("a browser that was let in is let in by the next server of its home; the token of the last one is not", async () => {
  const { home, server, cookie, call, post } = await setUp();
  await server.close();
  const again = await openHome({ root: home.root });
  onTestFinished(() => again.close());
  const port = Number(new URL(server.url).port);
  const next = await startServer({ home: again, port, host: "127.0.0.1" });
  onTestFinished(() => next.close());
  expect(next.token).not.toBe(server.token);
  expect((await post({ authorization: undefined, cookie })).status).toBe(200);
  expect((await post({})).status).toBe(401);
  expect((await call(`/?token=${server.token}`)).status).toBe(401);
});

test("where no token is asked for, all else is", async () => {
  const { post, server } = await setUp({ requireToken: false });
  expect(server.openUrl).toBe(server.url);
  expect((await post({ authorization: undefined, origin: "null" })).status).toBe(403);
  expect((await post({ authorization: undefined })).status).toBe(200);
});

test("the first thing that is wrong is told: host, origin, header, token, type, size", async () => {
  const { good, home, port, post } = await setUp();
  const own = `127.0.0.1:${port}`;
  const wrong: Record<string, string> = {
    host: "evil.example",
    origin: "https://evil.example",
    "x-skillmeat": "0",
    authorization: "Bearer wrong",
    "content-type": "text/plain",
  };
  const large = JSON.stringify({ name: "Evil", description: "x".repeat(1024 * 1024) });
  const steps = [
    [{}, 403, "evil.example"],
    [{ host: own }, 403, "origin"],
    [{ origin: `http://${own}` }, 403, "x-skillmeat"],
    [{ "x-skillmeat": "1" }, 401, "token"],
    [{ authorization: good.authorization }, 415, "application/json"],
    [{ "content-type": "application/json" }, 413, "larger"],
  ] as const;
  for (const [mended, expected, word] of steps) {
    Object.assign(wrong, mended);
    const { status, text } = await post(wrong, { body: large });
    expect(status, word).toBe(expected);
    expect(errorOf(text)).toMatchObject({ message: expect.stringContaining(word) });
  }
  expect(await groupNames(home)).toEqual([]);
  expect((await post(wrong)).status).toBe(200);
});
