import { readdirSync, renameSync } from "node:fs";
import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { serve } from "../support/serve.ts";
import { HEAD, groupRow } from "../support/texts.ts";
import { holdWriters, startCommand, stopAmidstWrite, waitForCommit } from "./processes.ts";

/**
 * Lets a command, or the server that it goes through, write no file beyond a limit, which the cache keeps and the manifest does not: as
 * on a disk that fills up, one write comes short, and the next one fails.
 */
const FULL_DISK = ["sh", "-c", 'ulimit -f 1024 && exec "$@"', "sh"];

test("a full disk does not answer created as if all were well", async () => {
  const home = createHome();
  const manifest = HEAD + "# What a person wrote into the file.\n".repeat(40_000);
  home.writeCollection(manifest);
  const skillmeat = createSkillmeat(home);
  await skillmeat.ask("refresh");

  const onFullDisk = createSkillmeat(home, undefined, { prefix: FULL_DISK });
  const created = await onFullDisk.run("group", "create", "Release", "--json");

  expect(home.manifest() === manifest, "the manifest is what it was").toBe(true);
  expect(created.code).toBe(0);
  expect(created.json()).toMatchObject({
    group: { name: "Release" },
    saved: false,
    reason: expect.stringContaining("EFBIG"),
  });
  expect(created.stderr).toContain("Not saved yet");
  expect(readdirSync(home.path("collections", "default"))).toEqual(["collection.toml"]);
  expect(await onFullDisk.ask("status")).toMatchObject({
    collections: [{ state: "pending", unsaved: 1 }],
  });
  // There is room again.
  await skillmeat.ask("sync", "flush");
  expect(skillmeat.section("groups")).toMatchObject([{ name: "Release" }]);
});

test("a crash between commit and write does not lose the change", async () => {
  const home = createHome();
  home.writeCollection(HEAD);
  const skillmeat = createSkillmeat(home);
  await skillmeat.ask("refresh");

  const letWrite = holdWriters(home);
  const crash = startCommand(home, ["group", "create", "Release"]);
  await waitForCommit(home);
  await crash();
  letWrite();

  expect(home.manifest()).toBe(HEAD);
  // Whatever command comes next writes what is unwritten.
  expect(await skillmeat.groupNames()).toEqual(["Release"]);
  expect(skillmeat.section("groups")).toMatchObject([{ name: "Release" }]);
  expect(await skillmeat.status()).toMatchObject({ state: "clean", unsaved: 0 });
});

test("a crash of the server between commit and write does not lose the change", async () => {
  const home = createHome();
  home.writeCollection(HEAD);
  const server = await serve(home);

  const letWrite = holdWriters(home);
  const [reply] = await Promise.allSettled([
    server.client.groups.create.mutate({ name: "Release" }),
    waitForCommit(home).then(() => server.stop("SIGKILL")),
  ]);
  letWrite();

  expect(reply.status).toBe("rejected");
  expect(home.manifest()).toBe(HEAD);
  const next = await serve(home);
  expect(createSkillmeat(home).section("groups")).toMatchObject([{ name: "Release" }]);
  expect(await next.client.sync.status.query()).toMatchObject({
    collections: [{ state: "clean", unsaved: 0 }],
  });
});

test("two processes do not lose each other's updates", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("Group of neither"));
  const { client } = await serve(home);

  const letWrite = holdWriters(home);
  home.write("other.toml", home.manifest() + groupRow("Of the other"));
  const reply = client.groups.create.mutate({ name: "Of the server" });
  await waitForCommit(home);
  // So many calls that a write which did not wait would be done.
  for (let call = 0; call < 50; call += 1) await client.system.health.query();
  renameSync(home.path("other.toml"), home.path("collections", "default", "collection.toml"));
  letWrite();

  expect(await reply).toMatchObject({ saved: true });
  const names = ["Group of neither", "Of the other", "Of the server"].map((name) => ({ name }));
  expect(createSkillmeat(home).section("groups")).toMatchObject(names);
  expect(await client.groups.list.query({})).toMatchObject({ items: names });
});

/** Two servers on one home; as a rule the second is refused. */
async function serveTwice(home: TestHome) {
  const first = await serve(home);
  home.remove("server.json");
  return [first, await serve(home)] as const;
}

test("two processes that write at full speed do not lose each other's updates", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("Group of neither"));
  const acknowledged = ["Group of neither"];
  const processes = await serveTwice(home);

  await Promise.all(
    processes.map(async ({ client }, index) => {
      for (let round = 0; round < 25; round += 1) {
        const name = `Group ${round} of process ${index}`;
        expect(await client.groups.create.mutate({ name })).toMatchObject({ saved: true });
        acknowledged.push(name);
        const manifest = home.manifest();
        expect(acknowledged.filter((each) => !manifest.includes(`name = "${each}"`))).toEqual([]);
      }
    }),
  );

  await Promise.all(processes.map(({ stop }) => stop("SIGKILL")));
  await home.deleteCache();
  const names = await createSkillmeat(home).groupNames();
  expect(names.toSorted()).toEqual(acknowledged.toSorted());
});

test("a process that is overtaken amidst its write does not lose the other's update", async () => {
  const home = createHome();
  home.writeCollection(HEAD);
  const [first, second] = await serveTwice(home);
  let round = 0;
  const create = () => first.client.groups.create.mutate({ name: `Of the first ${(round += 1)}` });

  const goOn = await stopAmidstWrite(home, first, create);
  const reply = second.client.groups.create.mutate({ name: "Of the second" });
  // So many calls that a write which did not wait would be done.
  for (let call = 0; call < 100; call += 1) await second.client.system.health.query();

  expect(await goOn()).toMatchObject({ saved: true });
  expect(await reply).toMatchObject({ saved: true });
  expect(createSkillmeat(home).section("groups")).toMatchObject([
    ...Array.from({ length: round }, (_, index) => ({ name: `Of the first ${index + 1}` })),
    { name: "Of the second" },
  ]);
});

test("two processes do not lose each other's updates of one group", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("Shared"));
  const [first, second] = await serveTwice(home);
  const group = "Shared";

  await Promise.all([
    first.client.groups.update.mutate({ group, description: "Of the first" }),
    second.client.groups.update.mutate({ group, color: "amber" }),
    first.client.groups.addMembers.mutate({ group, members: ["a"] }),
    second.client.groups.addMembers.mutate({ group, members: ["b"] }),
  ]);

  expect(createSkillmeat(home).section("groups")).toMatchObject([
    {
      name: "Shared",
      description: "Of the first",
      color: "amber",
      members: expect.arrayContaining(["a", "b"]),
    },
  ]);
});
