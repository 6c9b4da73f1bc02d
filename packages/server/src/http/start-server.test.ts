import { openHome, SkillmeatError, type Home } from "@skillmeat/core";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLog } from "./log.ts";
import { startServer } from "./start-server.ts";
import { groupNames, openTemporaryHome, readManifest, serve } from "./testing.ts";

const SAVED = { saved: true, reason: null };

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

test("what waits for its manifest when the server closes is written before it is gone", async () => {
  const { home, mutate, server, lines } = await serve();
  const manifest = join(home.paths.collections, "default", "collection.toml");
  const before = readManifest(home);
  writeFileSync(manifest, "[broken");
  for (const name of ["A", "B"]) await mutate("groups.create", { name });
  writeFileSync(manifest, before);
  await server.close();
  expect(readManifest(home)).toContain('name = "B"');
  expect(lines.join("")).not.toContain("unsaved changes");
});

test("what cannot be written when the server closes is told, and is written at the next start", async () => {
  const { home, mutate, server, lines } = await serve();
  const manifest = join(home.paths.collections, "default", "collection.toml");
  const before = readManifest(home);
  writeFileSync(manifest, "[broken");
  await mutate("groups.create", { name: "A" });
  await server.close();
  expect(lines.filter((line) => line.includes("closing with unsaved changes"))).toHaveLength(1);
  writeFileSync(manifest, before);
  const again = await openHome({ root: home.root });
  await again.sync.refresh();
  await again.close();
  expect(readManifest(home)).toContain('name = "A"');
});

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

test.each(["0.0.0.0", "::", "192.0.2.1"])("%s is not served without a token", async (host) => {
  const home = await openTemporaryHome();
  const log = createLog("silent");
  const refused = startServer({ home, port: 0, host, requireToken: false, log });
  await expect(refused).rejects.toMatchObject({ code: "refused" });
  expect(statSync(home.paths.serverFile, { throwIfNoEntry: false })).toBeUndefined();
});

test("where all addresses are served, with a token, this machine reaches it by loopback", async () => {
  const { call, good, server } = await serve({ host: "0.0.0.0" });
  expect(new URL(server.url).hostname).toBe("127.0.0.1");
  expect((await call("/trpc/groups.list?input={}", { headers: good })).status).toBe(200);
  const { "x-skillmeat": header } = good;
  const bare = await call("/trpc/groups.list", { headers: { "x-skillmeat": header } });
  expect(bare.status).toBe(401);
});

test("each mutation is one line of the log, with collection, revision, duration and outcome", async () => {
  const { call, good, lines, mutate } = await serve();
  lines.length = 0;
  await mutate("groups.create", { name: "A" });
  await mutate("groups.update", { group: "A", color: "blue" });
  await mutate("groups.create", { name: "A" });
  await call("/trpc/groups.list?input={}", { headers: good });
  const rest = { collection: "default", milliseconds: expect.any(Number), ...SAVED };
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { msg: "mutation", path: "groups.create", revision: 1, ...rest },
    { msg: "mutation", path: "groups.update", revision: 2, ...rest },
  ]);
});

test("the token is in no line of the log, whatever is called", async () => {
  const { call, good, home, lines, mutate, server } = await serve();
  await call(`/?token=${server.token}`);
  await call(`/?token=${server.token}x`);
  await call(`/nowhere?token=${server.token}`);
  await call("/trpc/groups.list", { headers: { ...good, origin: "null" } });
  await mutate("groups.create", { name: server.token.slice(0, 3) });
  await mutate("groups.create", { name: "" });
  await home.close();
  await mutate("groups.create", { name: "B" });
  await server.close();
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join("")).not.toContain(server.token);
});

test("an unexpected error tells the log its stack, and the client neither that nor a path", async () => {
  const { home, lines, mutate } = await serve();
  await home.close();
  const { status } = await mutate("groups.create", { name: "A" });
  expect(status).toBe(500);
  expect(lines.filter((line) => line.includes("unexpected error"))).toHaveLength(1);
});

test("a connection that never sends a request does not hold up closing", async () => {
  const { server } = await serve();
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const ended = new Promise((resolve) => socket.once("close", resolve));
  await new Promise((resolve) => socket.once("connect", resolve));
  await fetch(server.url);
  await server.close();
  await ended;
  expect(socket.destroyed).toBe(true);
});
