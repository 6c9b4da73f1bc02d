import { openHome, type CollectionEvent } from "@skillmeat/core";
import { createLog, startServer } from "@skillmeat/server";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createClient, isSkillmeatError, type SkillmeatClient } from "./index.ts";
import { connect } from "./node.ts";

function temporaryHome(): string {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-subscribe-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

async function serve(root: string) {
  const home = await openHome({ root });
  const server = await startServer({ home, port: 0, host: "127.0.0.1", log: createLog("silent") });
  onTestFinished(() => server.close());
  return server;
}

/** Subscribes, and gives what comes: events, and how it ends. */
function subscribe(client: SkillmeatClient, input: { collection?: string } = {}) {
  const events: CollectionEvent[] = [];
  const ends: unknown[] = [];
  const { unsubscribe } = client.events.changes.subscribe(input, {
    onData: ({ data }) => void events.push(data),
    onError: (error) => void ends.push(error),
    onComplete: () => void ends.push("complete"),
  });
  onTestFinished(unsubscribe);
  const names = () =>
    events.flatMap((event) =>
      event.type === "change" ? event.change.touched.map(({ name }) => name) : [],
    );
  const types = () => events.map(({ type }) => type);
  return { events, ends, names, types, unsubscribe };
}

const patient = { timeout: 40_000 };

test("a subscription over HTTP is told of every change, until it is ended", async () => {
  const { url, token } = await serve(temporaryHome());
  const client = createClient({ url, token });
  await client.collections.create.mutate({ name: "default" });
  const { events, names, types, unsubscribe } = subscribe(client);
  await expect.poll(types, patient).toEqual(["reset", "state"]);
  await client.groups.create.mutate({ name: "A" });
  await client.groups.create.mutate({ name: "B" });
  await expect.poll(names, patient).toEqual(["A", "B"]);
  unsubscribe();
  const { length } = events;
  await client.groups.create.mutate({ name: "C" });
  expect(events).toHaveLength(length);
});

test("what the server refuses for good ends a subscription with its reason", async () => {
  const { url, token } = await serve(temporaryHome());
  const wrong = subscribe(createClient({ url, token: "wrong" }));
  const absent = subscribe(createClient({ url, token }), { collection: "nope" });
  for (const [{ ends, events }, reason] of [
    [wrong, "refused"],
    [absent, "not-found"],
  ] as const) {
    await expect.poll(() => ends.length, patient).toBe(1);
    const [error] = ends;
    expect(isSkillmeatError(error) && error.data.reason).toBe(reason);
    expect(events).toEqual([]);
  }
});

test("a subscription in this process is told the same, and ends with the connection", async () => {
  const root = temporaryHome();
  const connection = await connect({ home: root });
  await connection.client.collections.create.mutate({ name: "default" });
  const { names, types, ends } = subscribe(connection.client);
  await expect.poll(types, patient).toEqual(["reset", "state"]);
  const other = await connect({ home: root });
  await other.client.groups.create.mutate({ name: "A" });
  await other.close();
  await expect.poll(names, patient).toEqual(["A"]);
  await connection.close();
  await expect.poll(() => ends, patient).toEqual(["complete"]);
});
