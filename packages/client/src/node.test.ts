import { openHome } from "@skillmeat/core";
import { createLog, startServer } from "@skillmeat/server";
import { readServerFile } from "@skillmeat/server/server-file";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "./create-client.ts";
import { isSkillmeatError } from "./errors.ts";
import { connect, findServer, type ConnectOptions } from "./node.ts";

function temporaryHome(): string {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-client-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

async function serve(root: string) {
  const home = await openHome({ root });
  const server = await startServer({ home, port: 0, host: "127.0.0.1", log: createLog("silent") });
  onTestFinished(() => server.close());
  return server;
}

async function connected(options: ConnectOptions) {
  const connection = await connect(options);
  onTestFinished(() => connection.close());
  return connection.client;
}

/** What a program knows of the error that a call ends with. */
async function reportOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isSkillmeatError(error)) throw new Error("The call did not end with an error of ours");
  const { message, data } = error;
  return { message, reason: data.reason, hint: data.hint };
}

test("with no server the home is worked on in this process", async () => {
  const root = temporaryHome();
  const client = await connected({ home: root });
  await client.collections.create.mutate({ name: "default" });
  const reply = await client.groups.create.mutate({ name: "A" });
  expect(reply).toMatchObject({ group: { name: "A", position: 0 }, saved: true, reason: null });
  expect(await client.system.health.query()).toMatchObject({ home: root, pid: process.pid });
});

test("a relative path is one from the working folder", async () => {
  const root = temporaryHome();
  const client = await connected({ home: relative(process.cwd(), root) });
  expect((await client.system.health.query()).home).toBe(root);
});

test("a running server is found by server.json, and is not once it has closed", async () => {
  const root = temporaryHome();
  const server = await serve(root);
  expect(await findServer(root)).toMatchObject({ url: server.url, token: server.token });
  const client = await connected({ home: root });
  await client.collections.create.mutate({ name: "default" });
  expect((await client.collections.list.query()).items).toMatchObject([{ name: "default" }]);
  await server.close();
  expect(await findServer(root)).toBeNull();
  expect(await reportOf(client.collections.list.query())).toEqual({
    reason: "unreachable",
    message: expect.stringContaining(`No SkillMeat server answers at ${server.url}: `),
    hint: "skillmeat serve",
  });
});

test("a call that was aborted is no server that cannot be reached", async () => {
  const { url, token } = await serve(temporaryHome());
  const aborted = createClient({ url, token }).system.health.query(undefined, {
    signal: AbortSignal.abort(),
  });
  await expect(aborted).rejects.not.toSatisfy(isSkillmeatError);
});

test("embedded uses no server, and sees what one has done", async () => {
  const root = temporaryHome();
  const server = await serve(root);
  await createClient(server).collections.create.mutate({ name: "default" });
  const client = await connected({ home: root, embedded: true });
  await server.close();
  expect((await client.collections.list.query()).items).toMatchObject([{ name: "default" }]);
});

test("the server of another home is not taken for a copy's", async () => {
  const root = temporaryHome();
  await serve(root);
  const copy = temporaryHome();
  cpSync(join(root, "server.json"), join(copy, "server.json"));
  expect(readServerFile(join(copy, "server.json"))).not.toBeNull();
  expect(await findServer(copy)).toBeNull();
});

test("a server.json that a crash left, or that is none, is passed over", async () => {
  const root = temporaryHome();
  const server = await serve(root);
  const record = readServerFile(join(root, "server.json"));
  await server.close();
  writeFileSync(join(root, "server.json"), JSON.stringify(record));
  expect(await findServer(root)).toBeNull();
  writeFileSync(join(root, "server.json"), "{ half");
  expect(await findServer(root)).toBeNull();
});

test("another program's server at the address of a server.json is passed over", async () => {
  const root = temporaryHome();
  const answers = ["{}", '{"result":{"data":{}}}', '{"result":{"data":{"home":1}}}', "Hello", ""];
  const server = createServer((_, response) => response.end(answers.pop())).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const place = server.address();
  const port = typeof place === "object" ? place?.port : undefined;
  const record = { url: `http://127.0.0.1:${port}`, pid: process.pid, token: "secret" };
  writeFileSync(join(root, "server.json"), JSON.stringify(record));
  while (answers.length > 0) expect(await findServer(root)).toBeNull();
});

test("a home that cannot be opened is an error that says why", async () => {
  const root = temporaryHome();
  mkdirSync(join(root, "cache"));
  writeFileSync(join(root, "cache", "cache.db"), "Somebody's own notes, and no database at all");
  await expect(connect({ home: root })).rejects.toMatchObject({
    name: "SkillmeatError",
    code: expect.any(String),
    hint: expect.any(String),
  });
});

test("errors are the same over HTTP and in this process, and say their reason", async () => {
  const root = temporaryHome();
  const embedded = await connected({ home: root });
  await embedded.collections.create.mutate({ name: "default" });
  await serve(root);
  const remote = await connected({ home: root });
  const calls = {
    "not-found": (client: typeof remote) => client.groups.get.query({ group: "Nope" }),
    "invalid-input": (client: typeof remote) => client.groups.create.mutate({ name: "" }),
    conflict: (client: typeof remote) => client.collections.create.mutate({ name: "default" }),
  };
  for (const [reason, call] of Object.entries(calls)) {
    const report = await reportOf(call(embedded));
    expect(report.reason).toBe(reason);
    expect(await reportOf(call(remote))).toEqual(report);
  }
});

test("a wrong token is refused, with the reason", async () => {
  const { url } = await serve(temporaryHome());
  const client = createClient({ url, token: "wrong" });
  expect(await reportOf(client.system.health.query())).toMatchObject({ reason: "refused" });
});

test("50 mutations that a batching client sends at once all land", async () => {
  const root = temporaryHome();
  const server = await serve(root);
  const client = createClient({ ...server, batch: true });
  await client.collections.create.mutate({ name: "default" });
  const names = Array.from({ length: 50 }, (_, index) => `Group ${index}`);
  const replies = await Promise.all(names.map((name) => client.groups.create.mutate({ name })));
  for (const { saved, reason } of replies)
    expect({ saved, reason }).toEqual({ saved: true, reason: null });
  const { items } = await client.groups.list.query({});
  expect(items.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  expect(items.map(({ position }) => position)).toEqual(names.map((_, index) => index));
  const manifest = readFileSync(join(root, "collections", "default", "collection.toml"), "utf8");
  for (const name of names) expect(manifest).toContain(`name = "${name}"`);
});
