import { openHome, SkillmeatError, type Home } from "@skillmeat/core";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createLog } from "./log.ts";
import { startServer, type RunningServer } from "./start-server.ts";

interface Answer {
  status: number;
  text: string;
}

interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function openTemporaryHome(): Promise<Home> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-server-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const home = await openHome({ root });
  onTestFinished(() => home.close());
  return home;
}

/** A server of a new home with one empty collection, and a way to call it as any program could. */
async function serve() {
  const home = await openTemporaryHome();
  const server = await startServer({ home, port: 0, host: "127.0.0.1", log: createLog("silent") });
  onTestFinished(() => server.close());
  const good = goodHeaders(server);
  const call = (path: string, options: Call = {}) => send(server.url + path, options);
  const mutate = (path: string, input: unknown) =>
    call(`/trpc/${path}`, { method: "POST", headers: good, body: JSON.stringify(input) });
  const createGroups = (names: readonly string[]) =>
    call(`/trpc/${names.map(() => "groups.create").join(",")}?batch=1`, {
      method: "POST",
      headers: good,
      body: JSON.stringify(Object.fromEntries(names.map((name, index) => [index, { name }]))),
    });
  expect((await mutate("collections.create", { name: "default" })).status).toBe(200);
  return { home, server, good, call, mutate, createGroups };
}

function goodHeaders({ token }: RunningServer) {
  return {
    "x-skillmeat": "1",
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
  };
}

/** One request by node:http: fetch does not let the Host header be chosen. */
function send(url: string, { method = "GET", headers = {}, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => (text += chunk));
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function groupNames(home: Home): Promise<string[]> {
  return home.cache.db
    .selectFrom("groups")
    .select("name")
    .orderBy("position")
    .execute()
    .then((rows) => rows.map(({ name }) => name));
}

function readManifest(home: Home): string {
  return readFileSync(join(home.paths.collections, "default", "collection.toml"), "utf8");
}

test("GET / tells a person what this is", async () => {
  const { call, server } = await serve();
  const { status, text } = await call("/");
  expect(status).toBe(200);
  expect(text).toContain(`${server.url}/trpc`);
  expect(text).not.toContain(server.token);
});

test("a call with header and token is answered", async () => {
  const { call, good, home } = await serve();
  const { status, text } = await call("/trpc/system.health", { headers: good });
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({
    result: { data: { ok: true, home: home.root, pid: process.pid } },
  });
});

test("a refusal is told in tRPC's own form, with a hint", async () => {
  const { call, good } = await serve();
  const { status, text } = await call("/trpc/system.health", {
    headers: { ...good, authorization: "Bearer wrong" },
  });
  expect(status).toBe(401);
  expect(JSON.parse(text)).toMatchObject({
    error: {
      message: "The token is missing or wrong",
      data: { reason: "refused", httpStatus: 401 },
    },
  });
});

test("a page that made its name resolve to this machine reads nothing, not even /", async () => {
  const { call, good, server } = await serve();
  const host = `evil.example:${new URL(server.url).port}`;
  for (const path of ["/trpc/groups.list", "/"]) {
    expect((await call(path, { headers: { ...good, host } })).status).toBe(403);
  }
});

test("a form of another site that posts a mutation executes nothing", async () => {
  const { call, good, home } = await serve();
  const path = "/trpc/groups.create";
  const body = JSON.stringify({ name: "Evil" });
  const foreign = [
    { ...good, origin: "https://evil.example" },
    { ...good, origin: "null" },
    { ...good, "sec-fetch-site": "cross-site" },
    { authorization: good.authorization, "content-type": "application/json" },
  ];
  for (const headers of foreign) {
    expect((await call(path, { method: "POST", headers, body })).status).toBe(403);
  }
  const form = { ...good, "content-type": "multipart/form-data; boundary=x" };
  expect((await call(path, { method: "POST", headers: form, body })).status).toBe(415);
  expect((await call(path, { method: "OPTIONS", headers: good })).status).toBe(403);
  expect(await groupNames(home)).toEqual([]);
});

test("a body over one megabyte is refused, whether its length is told or not", async () => {
  const { call, good } = await serve();
  const body = JSON.stringify({ name: "x", description: "x".repeat(1024 * 1024) });
  for (const headers of [good, { ...good, "transfer-encoding": "chunked" }]) {
    const { status } = await call("/trpc/groups.create", { method: "POST", headers, body });
    expect(status).toBe(413);
  }
});

test("50 mutations in one batch all land, in the cache and in the file", async () => {
  const { createGroups, home } = await serve();
  const names = Array.from({ length: 50 }, (_, index) => `Group ${index}`);
  const { status, text } = await createGroups(names);
  expect(status).toBe(200);
  const replies: unknown = JSON.parse(text);
  expect(replies).toEqual(
    names.map((name) => ({
      result: {
        data: expect.objectContaining({ group: expect.objectContaining({ name }), saved: true }),
      },
    })),
  );
  expect((await groupNames(home)).toSorted()).toEqual(names.toSorted());
  for (const name of names) expect(readManifest(home)).toContain(`name = "${name}"`);
});

test("a batch of more than 100 calls is refused", async () => {
  const { call, good } = await serve();
  const path = `/trpc/${Array.from({ length: 101 }, () => "system.health").join(",")}?batch=1`;
  expect((await call(path, { headers: good })).status).toBe(400);
});

test("an error says what is wrong in words, with its reason and without a stack", async () => {
  const { mutate } = await serve();
  const blank = await mutate("groups.create", { name: " " });
  expect(blank.status).toBe(400);
  expect(JSON.parse(blank.text)).toMatchObject({
    error: { message: "name: A group's name must not be empty", data: { reason: "invalid-input" } },
  });
  const absent = await mutate("groups.delete", { group: "Nope" });
  expect(absent.status).toBe(404);
  expect(JSON.parse(absent.text).error.data).toMatchObject({ reason: "not-found" });
  expect(JSON.parse(absent.text).error.data.hint).toContain("skillmeat group list");
  const elsewhere = await mutate("groups.create", { collection: "nope", name: "A" });
  expect(elsewhere.status).toBe(404);
  for (const { text } of [blank, absent, elsewhere]) expect(text).not.toMatch(/stack|\.ts:/);
});

test("server.json is its owner's alone, and goes when the server goes", async () => {
  const { home, server } = await serve();
  const file = home.paths.serverFile;
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    url: server.url,
    pid: process.pid,
    token: server.token,
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Buffer.from(server.token, "base64url")).toHaveLength(32);
  await server.close();
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
});

test("the server.json of another server stays", async () => {
  const { home, server } = await serve();
  const other = JSON.stringify({ url: "http://127.0.0.1:1", pid: 1, token: "other" });
  writeFileSync(home.paths.serverFile, other);
  await server.close();
  expect(readFileSync(home.paths.serverFile, "utf8")).toBe(other);
});

test("a port in use is told, with another to try", async () => {
  const { server } = await serve();
  const port = Number(new URL(server.url).port);
  const home = await openTemporaryHome();
  const second = startServer({ home, port, host: "127.0.0.1", log: createLog("silent") });
  await expect(second).rejects.toBeInstanceOf(SkillmeatError);
  await expect(second).rejects.toMatchObject({
    code: "conflict",
    hint: expect.stringContaining("skillmeat serve --port"),
  });
});

test("what runs when the server closes is finished and saved", async () => {
  const { createGroups, home, server } = await serve();
  const names = Array.from({ length: 30 }, (_, index) => `Group ${index}`);
  const running = createGroups(names);
  await once(home, "Group 0");
  await server.close();
  expect((await running).status).toBe(200);
  for (const name of names) expect(readManifest(home)).toContain(`name = "${name}"`);
});

/** Waits until a group is in the cache. */
async function once(home: Home, name: string): Promise<void> {
  while (!(await groupNames(home)).includes(name)) await new Promise(setImmediate);
}

test("what could not be saved is tried again while the server runs", async () => {
  const { home, mutate } = await serve();
  const manifest = join(home.paths.collections, "default", "collection.toml");
  const before = readManifest(home);
  writeFileSync(manifest, "[broken");
  expect(JSON.parse((await mutate("groups.create", { name: "A" })).text)).toMatchObject({
    result: { data: { saved: false } },
  });
  writeFileSync(manifest, before);
  await expect.poll(() => readManifest(home), { timeout: 50_000 }).toContain('name = "A"');
});
