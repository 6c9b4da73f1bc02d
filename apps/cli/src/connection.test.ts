import { createClient } from "@skillmeat/client";
import { openHome } from "@skillmeat/core";
import { createLog, startServer } from "@skillmeat/server";
import { readServerFile } from "@skillmeat/server/server-file";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connect, findServer, type ConnectionOptions } from "./connection.ts";
import { toFailure } from "./failure.ts";

function temporaryHome(): string {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-cli-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

async function serve(root: string) {
  const home = await openHome({ root });
  const server = await startServer({ home, port: 0, host: "127.0.0.1", log: createLog("silent") });
  onTestFinished(() => server.close());
  return server;
}

async function connected(options: ConnectionOptions) {
  const connection = await connect(options);
  onTestFinished(() => connection.close());
  return connection.client;
}

async function failureOf(promise: Promise<unknown>) {
  return promise.then(
    () => null,
    (error: unknown) => toFailure(error),
  );
}

test("with no server the home is worked on in this process", async () => {
  const root = temporaryHome();
  const client = await connected({ home: root });
  await client.collections.create.mutate({ name: "default" });
  const reply = await client.groups.create.mutate({ name: "A" });
  expect(reply).toMatchObject({ group: { name: "A", position: 0 }, saved: true, reason: null });
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

test("a named server that does not answer is an error, and a wrong token is refused", async () => {
  const home = temporaryHome();
  const server = await serve(temporaryHome());
  expect(await failureOf(connect({ home, server: server.url }))).toMatchObject({
    code: "refused",
    hint: expect.stringContaining("server.json"),
  });
  await server.close();
  expect(await failureOf(connect({ home, server: server.url }))).toMatchObject({
    message: `No SkillMeat server answers at ${server.url}`,
    hint: "skillmeat serve",
  });
  expect(await failureOf(connect({ home, server: "nowhere" }))).toMatchObject({
    code: "invalid-input",
  });
});

test("errors are the same over HTTP and in this process", async () => {
  const root = temporaryHome();
  const embedded = await connected({ home: root });
  await embedded.collections.create.mutate({ name: "default" });
  await serve(root);
  const remote = await connected({ home: root });
  for (const call of [
    (client: typeof remote) => client.groups.get.query({ group: "Nope" }),
    (client: typeof remote) => client.groups.create.mutate({ name: "" }),
    (client: typeof remote) => client.tags.list.query({ collection: "nope" }),
  ]) {
    const failure = await failureOf(call(embedded));
    expect(failure).not.toBeNull();
    expect(await failureOf(call(remote))).toEqual(failure);
  }
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
