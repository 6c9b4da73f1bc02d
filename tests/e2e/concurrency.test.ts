import { createClient } from "@skillmeat/client";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { json } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { cliBundle, cliEnv } from "../support/cli.ts";
import { createHome, type TestHome } from "../support/home.ts";
import { fieldOf } from "../support/json.ts";
import { serve, type ServerProcess } from "../support/serve.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, tagRow } from "../support/texts.ts";
import { ensureServer } from "../support/through-server.ts";

const numbered = (what: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${what} ${index}`);

function namesIn(section: unknown): string[] {
  if (!Array.isArray(section)) throw new TypeError("There is no such section");
  return section.map((row: unknown) => String(fieldOf(row, "name"))).toSorted();
}

/** A home whose file has a group that no cache has read yet. */
function fresh() {
  const home = createHome();
  home.writeCollection(HEAD + tagRow("Old", "old") + groupRow("Old", "x"));
  return createSkillmeat(home);
}

test("50 mutations in one batch all land, in the cache and in the file", async () => {
  const { home, section, groupNames, status } = fresh();
  const { client, stop } = await serve(home);
  const names = numbered("Group", 50);
  const replies = await Promise.all(names.map((name) => client.groups.create.mutate({ name })));
  for (const reply of replies) expect(reply).toMatchObject({ saved: true, reason: null });
  const all = ["Old", ...names].toSorted();
  expect(namesIn(section("groups"))).toEqual(all);
  expect((await groupNames()).toSorted()).toEqual(all);
  expect(await status()).toMatchObject({ state: "clean", unsaved: 0 });
  await stop("SIGKILL");
  await home.deleteCache();
  expect((await groupNames()).toSorted()).toEqual(all);
});

/** Opens a connection of its own to a server. */
async function openSocket({ url }: ServerProcess): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** Makes a group over a connection that is open; the reply. */
async function createOver(socket: Socket, { url, token }: ServerProcess, name: string) {
  const call = request(`${url}/trpc/groups.create`, {
    method: "POST",
    createConnection: () => socket,
    headers: {
      "x-skillmeat": "1",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
    },
  });
  call.end(JSON.stringify({ name }));
  const [answer]: unknown[] = await once(call, "response");
  if (!(answer instanceof IncomingMessage)) throw new TypeError("This is no answer");
  return fieldOf(fieldOf(await json(answer), "result"), "data");
}

test("50 mutations over 50 connections at once all land, in the cache and in the file", async () => {
  const { home, section, groupNames, status } = fresh();
  const server = await serve(home);
  const names = numbered("Group", 50);
  const sockets = await Promise.all(names.map(() => openSocket(server)));
  expect(new Set(sockets.map(({ localPort }) => localPort)).size).toBe(50);
  expect(sockets.filter(({ readyState }) => readyState !== "open")).toEqual([]);
  const replies = await Promise.all(
    sockets.map((socket, index) => createOver(socket, server, names[index] ?? "")),
  );
  const saved = (name: string) => ({ group: { name }, saved: true, reason: null });
  expect(replies).toMatchObject(names.map(saved));
  const all = ["Old", ...names].toSorted();
  expect(namesIn(section("groups"))).toEqual(all);
  expect((await groupNames()).toSorted()).toEqual(all);
  expect(await status()).toMatchObject({ state: "clean", unsaved: 0 });
  await server.stop("SIGKILL");
  await home.deleteCache();
  expect((await groupNames()).toSorted()).toEqual(all);
});

test("50 mutations of every kind in one batch do not lose each other", async () => {
  const { home, curation } = fresh();
  const { client, stop } = await serve(home);
  const groups = numbered("Group", 10);
  const tags = numbered("Tag", 10);
  await Promise.all(groups.map((name) => client.groups.create.mutate({ name })));
  const replies = await Promise.all([
    ...numbered("member", 20).map((member) =>
      client.groups.addMembers.mutate({ group: "Old", members: [member] }),
    ),
    ...tags.map((name) => client.tags.create.mutate({ name, color: "#abc" })),
    ...groups.map((group) => client.groups.update.mutate({ group, description: `About ${group}` })),
    ...groups.slice(5).map((group) => client.groups.addMembers.mutate({ group, members: ["y"] })),
    ...groups
      .slice(0, 5)
      .map((group) => client.groups.addMembers.mutate({ group, members: ["z"] })),
  ]);
  expect(replies).toHaveLength(50);
  for (const reply of replies) expect(reply).toMatchObject({ saved: true });
  const before = await curation();
  expect(before.groups).toHaveLength(11);
  expect(before.groups[0]?.members).toHaveLength(21);
  for (const group of before.groups.slice(1)) {
    expect(group).toMatchObject({ description: `About ${group.name}`, members: [{}] });
  }
  expect(before.tags).toHaveLength(11);
  await stop("SIGKILL");
  await home.deleteCache();
  expect(await curation()).toEqual(before);
});

test.each(numbered("round", 2))(
  "eight processes that open a new home at once all succeed, and lose nothing (%s)",
  async () => {
    const { home, save, section, groupNames } = fresh();
    const names = numbered("Group", 8);
    await Promise.all(names.map((name) => save("group", "create", name, "--member", "x")));
    const all = ["Old", ...names].toSorted();
    expect(namesIn(section("groups"))).toEqual(all);
    await home.deleteCache();
    expect((await groupNames()).toSorted()).toEqual(all);
  },
);

test("processes that do different things to one group at once do not lose each other's work", async () => {
  const { home, save, groups } = fresh();
  await Promise.all([
    ...numbered("member", 5).map((member) => save("group", "add", "Old", member)),
    save("group", "update", "Old", "--description", "described"),
    save("tag", "update", "old", "--color", "#abc"),
  ]);
  await home.deleteCache();
  const [group] = await groups();
  expect(group?.description).toBe("described");
  expect(group?.members.map(({ ref }) => ref).toSorted()).toEqual([...numbered("member", 5), "x"]);
});

test("eight processes that list a new home at once all see what is in the file", async () => {
  const { groupNames } = fresh();
  const lists = await Promise.all(numbered("", 8).map(() => groupNames()));
  expect(lists).toEqual(lists.map(() => ["Old"]));
});

test("a command beside a running server has the server do it, so that there is no second writer", async () => {
  const { home, run, save, groupNames } = fresh();
  const { pid, url, mutations, stop } = await serve(home);
  await save("group", "create", "By the server");
  await save("tag", "create", "By itself", "--embedded");
  await save("group", "add", "By the server", "x");

  const second = await run("serve", "--port", "0");
  expect(second.code).toBe(4);
  expect(second.stderr).toContain(`served already, at ${url} by process ${pid}`);
  await stop("SIGTERM");
  expect(mutations()).toEqual(["groups.create", "groups.addMembers"]);
  expect(existsSync(home.path("server.json"))).toBe(false);
  expect(await groupNames()).toEqual(["Old", "By the server"]);
});

test("what a killed server left behind does not keep commands from the home", async () => {
  const { home, save, groupNames } = fresh();
  const { stop } = await serve(home);
  await stop("SIGKILL");
  expect(existsSync(home.path("server.json"))).toBe(true);
  await save("group", "create", "New");
  expect(await groupNames()).toEqual(["Old", "New"]);
  const { client } = await serve(home);
  expect((await client.groups.list.query({})).items).toHaveLength(2);
});

test("embedded commands beside a running server lose nothing, and neither does the server", async () => {
  const { home, save, groupNames, section } = fresh();
  const { client, stop } = await serve(home);
  const [here, there] = [numbered("Embedded", 5), numbered("Served", 20)];
  const replies = await Promise.all([
    ...here.map((name) => save("group", "create", name, "--embedded")),
    ...there.map((name) => client.groups.create.mutate({ name })),
  ]);
  for (const reply of replies) expect(reply).toMatchObject({ saved: true });
  const all = ["Old", ...here, ...there].toSorted();
  const { items } = await client.groups.list.query({});
  expect(items.map(({ name }) => name).toSorted()).toEqual(all);
  expect(namesIn(section("groups"))).toEqual(all);
  await stop("SIGTERM");
  await home.deleteCache();
  expect((await groupNames()).toSorted()).toEqual(all);
});

test("what a server acknowledged as saved is there after it was killed and the cache deleted", async () => {
  const { home, groupNames } = fresh();
  const { url, token, stop } = await serve(home);
  const client = createClient({ url, token });
  const acknowledged: string[] = [];
  let killed: Promise<void> | undefined;
  // Each chain mutates one after the other, and the kill comes amidst all of them.
  const chain = async (_: unknown, index: number) => {
    for (let round = 0; killed === undefined; round += 1) {
      const name = `Group ${index}-${round}`;
      const { saved } = await client.groups.create.mutate({ name });
      if (saved) acknowledged.push(name);
      if (acknowledged.length === 40) killed = stop("SIGKILL");
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, chain));
  await killed;
  expect(acknowledged.length).toBeGreaterThanOrEqual(40);
  expect(existsSync(home.path("server.json"))).toBe(true);
  await home.deleteCache();
  const names = await groupNames();
  expect(names).toEqual(expect.arrayContaining(["Old", ...acknowledged]));
});

test("what a killed server had committed is there for the next process, and saved by it", async () => {
  const { home, groupNames, status, section } = fresh();
  const { url, token, stop } = await serve(home);
  const client = createClient({ url, token });
  const first = client.groups.create.mutate({ name: "First" });
  const rest = Promise.allSettled(
    numbered("Group", 40).map((name) => client.groups.create.mutate({ name })),
  );
  await first;
  await stop("SIGKILL");
  await rest;
  const names = await groupNames();
  expect(names).toEqual(expect.arrayContaining(["Old", "First"]));
  expect(await status()).toMatchObject({ state: "clean", unsaved: 0 });
  expect(namesIn(section("groups"))).toEqual(names.toSorted());
  await home.deleteCache();
  expect((await groupNames()).toSorted()).toEqual(names.toSorted());
});

/** Starts a command; `first` is what it prints first, or null where it is killed before. */
function start(home: TestHome, args: readonly string[]) {
  const child = spawn(process.execPath, [cliBundle, ...args], {
    cwd: home.root,
    env: cliEnv(home),
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const closed = once(child, "close");
  const printed = once(child.stdout.setEncoding("utf8"), "data").then(([text]) => String(text));
  return {
    closed,
    kill: () => child.kill("SIGKILL"),
    first: Promise.race([printed, closed.then(() => null)]),
  };
}

test("what a command acknowledged as saved is there after it and those beside it were killed", async () => {
  const { home, groupNames, save, status } = fresh();
  const names = numbered("Group", 8);
  await ensureServer(home);
  const commands = names.map((name) => start(home, ["group", "create", name, "--json"]));
  // The first reply is the moment to kill them all: some have just begun, some are amidst a write.
  await Promise.any(
    commands.map(async ({ first }) => {
      if ((await first) === null) throw new Error("It printed nothing");
    }),
  );
  for (const { kill } of commands) kill();
  const replies = await Promise.all(commands.map(({ first }) => first));
  await Promise.all(commands.map(({ closed }) => closed));
  const acknowledged = names.filter(
    (_, index) => replies[index] !== null && fieldOf(JSON.parse(replies[index] ?? ""), "saved"),
  );
  expect(acknowledged).not.toEqual([]);
  await home.deleteCache();
  expect(await groupNames()).toEqual(expect.arrayContaining(["Old", ...acknowledged]));
  await save("group", "create", "After");
  expect(await status()).toMatchObject({ state: "clean", unsaved: 0 });
});
