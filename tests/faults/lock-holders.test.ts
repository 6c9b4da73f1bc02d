import { connect } from "@skillmeat/client/node";
import { expect, onTestFinished, test } from "vitest";
import { stopAmidstWrite } from "../known-defects/processes.ts";
import { createHome } from "../support/home.ts";
import { serve } from "../support/serve.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD } from "../support/texts.ts";
import { holdInProcess } from "./support/processes/start-holder.ts";

const isLong = process.env["FAULTS_LONG"] === "1";

/** A lock that is free counts as so where the next mutation is done in this time, in ms. */
const FREE = 1_000;

/** A home with a group and a server that has served a mutation. */
async function served() {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("Old", "x"));
  const skillmeat = createSkillmeat(home);
  const server = await serve(home);
  const create = (name: string) => server.client.groups.create.mutate({ name });
  expect(await create("First")).toMatchObject({ saved: true });
  return { ...skillmeat, server, create };
}

/** Where the machine has nothing else to do, as in the long form, the time counts, too. */
function expectFree(what: string, milliseconds: number): void {
  console.info(JSON.stringify({ freed: what, milliseconds: Math.round(milliseconds) }));
  if (isLong) expect(milliseconds).toBeLessThan(FREE);
}

test.each([
  ["the lock of a collection", "locks/default.lock"],
  ["the write lock of the cache", "cache/cache.db"],
])("a process that is killed while it holds %s keeps nobody waiting", async (what, file) => {
  const { home, server, create, groupNames } = await served();
  const holder = await holdInProcess(home.path(file));
  const waiting = { replied: false };
  const reply = create("Second").finally(() => (waiting.replied = true));
  // By then the server has begun with the mutation.
  await server.client.system.health.query();
  await server.client.system.health.query();
  expect(waiting.replied).toBe(false);
  await holder.kill();
  const started = performance.now();
  expect(await reply).toMatchObject({ saved: true, reason: null });
  expectFree(what, performance.now() - started);
  await home.deleteCache();
  expect(await groupNames()).toEqual(["Old", "First", "Second"]);
});

test("a server that is killed amidst a write keeps nobody waiting", async () => {
  const { home, server, create, groupNames } = await served();
  const beside = await connect({ home: home.root, embedded: true });
  onTestFinished(() => beside.close());
  expect((await beside.client.groups.list.query({})).items).toHaveLength(2);
  const sent: string[] = [];
  await stopAmidstWrite(home, server, () => {
    sent.push(`Amidst ${sent.length}`);
    return create(sent.at(-1) ?? "");
  });
  await server.stop("SIGKILL");
  const started = performance.now();
  const reply = await beside.client.groups.create.mutate({ name: "Second" });
  expectFree("both, by a server amidst a write", performance.now() - started);
  expect(reply).toMatchObject({ saved: true, reason: null });
  await home.deleteCache();
  expect(await groupNames()).toEqual(["Old", "First", ...sent, "Second"]);
});

/** As long as a command may wait for another process, in ms, and some time for its start. */
const PATIENCE = 5_000 + 2_000;

test("what cannot be saved beside a server that is stopped amidst a write, is saved by itself once that goes on", async () => {
  const { home, server, create, ask, section } = await served();
  let count = 0;
  const goOn = await stopAmidstWrite(home, server, () => create(`Amidst ${(count += 1)}`));
  const started = performance.now();
  const reply = await ask("group", "create", "Second", "--embedded");
  const milliseconds = performance.now() - started;
  console.info(JSON.stringify({ waited: "for a stopped server", milliseconds }));
  if (isLong) expect(milliseconds).toBeLessThan(PATIENCE);
  expect(reply).toMatchObject({
    saved: false,
    reason: expect.stringContaining("another process is writing collection.toml"),
  });
  expect(JSON.stringify(section("groups"))).not.toContain("Second");
  expect(await goOn()).toMatchObject({ saved: true });
  await expect
    .poll(() => JSON.stringify(section("groups")), { timeout: 30_000 })
    .toContain("Second");
});

test("what a server cannot save beside a process that is stopped, is saved by itself once that is killed", async () => {
  const { home, create, section } = await served();
  const holder = await holdInProcess(home.path("locks", "default.lock"));
  process.kill(holder.pid, "SIGSTOP");
  expect(await create("Second")).toMatchObject({
    saved: false,
    reason: expect.stringContaining("another process is writing collection.toml"),
  });
  await holder.kill();
  await expect
    .poll(() => JSON.stringify(section("groups")), { timeout: 30_000 })
    .toContain("Second");
});
