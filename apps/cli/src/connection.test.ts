import { openHome } from "@skillmeat/core";
import { createLog, startServer } from "@skillmeat/server";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connect, type ConnectionOptions } from "./connection.ts";
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

test("a named server is talked to with the token of the home's server.json", async () => {
  const home = temporaryHome();
  const server = await serve(home);
  const client = await connected({ home, server: `${server.url}/` });
  expect((await client.system.health.query()).home).toBe(home);
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
    code: "unreachable",
    message: expect.stringMatching(
      /^No SkillMeat server answers at http:\S+: connect ECONNREFUSED/,
    ),
    hint: "skillmeat serve",
  });
  expect(await failureOf(connect({ home, server: "nowhere" }))).toMatchObject({
    code: "invalid-input",
  });
});

test("another program at the address is no SkillMeat server", async () => {
  const other = createServer((_, response) => void response.end("<html></html>"));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const server = `http://127.0.0.1:${port}`;
  expect(await failureOf(connect({ home: temporaryHome(), server }))).toEqual({
    code: "unreachable",
    message: `No SkillMeat server answers at ${server}`,
    hint: "skillmeat serve",
  });
});

test("a server that goes away while a command runs is told", async () => {
  const home = temporaryHome();
  const server = await serve(home);
  const client = await connected({ home });
  await server.close();
  expect(await failureOf(client.groups.list.query({}))).toMatchObject({ code: "unreachable" });
});

test("failures are the same over HTTP and in this process", async () => {
  const home = temporaryHome();
  const embedded = await connected({ home });
  await embedded.collections.create.mutate({ name: "default" });
  await serve(home);
  const remote = await connected({ home });
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
