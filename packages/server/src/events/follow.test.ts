import { openHome } from "@skillmeat/core";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openFollowedHome } from "./testing.ts";

test("a follower is told to begin, how each collection stands, and then of each change", async () => {
  const { api, follow } = await openFollowedHome();
  const follower = await follow();
  expect(await follower.any()).toEqual({ type: "reset" });
  expect(await follower.any()).toMatchObject({
    type: "state",
    status: { name: "default", state: "clean", unsaved: 0 },
  });
  const { group } = await api.groups.create({ name: "A" });
  const { change } = await follower.next("change");
  expect(change).toMatchObject({ collection: "default", origin: "call", action: "groups.create" });
  expect(change.touched).toContainEqual({
    kind: "group",
    id: group.id,
    name: "A",
    change: "added",
  });
});

test("changes of another process arrive, in their order and each once", async () => {
  const { home, follow } = await openFollowedHome();
  const follower = await follow();
  await follower.next("state");
  const other = await openFollowedHome(await openHome({ root: home.root }));
  onTestFinished(() => other.home.close());
  for (const name of ["A", "B", "C"]) await other.api.groups.create({ name });
  const seen = [];
  while (seen.length < 3) seen.push((await follower.next("change")).change.touched[0]?.name);
  expect(seen).toEqual(["A", "B", "C"]);
});

test("who comes back with the last event's id misses nothing and gets nothing twice", async () => {
  const { api, follow } = await openFollowedHome();
  const first = await follow();
  await first.next("state");
  await api.groups.create({ name: "A" });
  await first.next("change");
  await first.end();
  for (const name of ["B", "C"]) await api.groups.create({ name });
  const again = await follow({ lastEventId: first.lastEventId });
  for (const name of ["B", "C"]) {
    expect(await again.any()).toMatchObject({ type: "change", change: { touched: [{ name }] } });
  }
  expect(await again.any()).toMatchObject({ type: "state" });
});

test("who comes back too late, to another cache, or with no id of ours begins anew", async () => {
  const { api, follow, home } = await openFollowedHome();
  const first = await follow();
  await first.next("reset");
  const { lastEventId } = first;
  await api.groups.create({ name: "A" });
  await home.cache.db.deleteFrom("changes").execute();
  for (const given of [lastEventId, "another:1", "nonsense"]) {
    const late = await follow({ lastEventId: given });
    expect(await late.any()).toEqual({ type: "reset" });
    await late.end();
  }
});

test("a cache that is deleted under a follower makes it begin anew", async () => {
  const { api, follow, home } = await openFollowedHome();
  await api.groups.create({ name: "A" });
  const follower = await follow();
  await follower.next("state");
  rmSync(home.paths.cacheDir, { recursive: true });
  expect(await follower.next("reset")).toEqual({ type: "reset" });
  expect(await follower.next("state")).toMatchObject({ status: { state: "clean" } });
  await api.groups.create({ name: "B" });
  await follower.next("change", ({ change }) => change.action === "groups.create");
});

test("who follows one collection is told of that one, and of a wrong name at once", async () => {
  const { api, follow } = await openFollowedHome();
  await api.collections.create({ name: "work" });
  const follower = await follow({ collection: "WORK" });
  await follower.next("state");
  await api.groups.create({ name: "A" });
  await api.groups.create({ collection: "work", name: "B" });
  expect((await follower.next("change")).change.collection).toBe("work");
  await expect(follow({ collection: "nope" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a state is told when it changes, with its reason, and when it is well again", async () => {
  const { api, follow, home } = await openFollowedHome();
  const follower = await follow();
  await follower.next("state");
  const manifest = join(home.paths.collections, "default", "collection.toml");
  writeFileSync(manifest, "[broken");
  const { status } = await follower.next("state", (event) => event.status.state === "unreadable");
  expect(status.reason).toContain("collection.toml:1:");
  await api.groups.create({ name: "A" });
  await follower.next("state", (event) => event.status.unsaved === 1);
  writeFileSync(manifest, '[collection]\nname = "default"\n');
  await follower.next("state", (event) => event.status.state !== "unreadable");
});

test("a follower ends with the events, and with its signal", async () => {
  const { events, follow } = await openFollowedHome();
  const follower = await follow();
  await follower.next("state");
  const ended = follower.any().catch(String);
  const abort = new AbortController();
  const aborted = events.follow({ from: null, collection: undefined, signal: abort.signal });
  await aborted.next();
  await aborted.next();
  const last = aborted.next();
  abort.abort();
  expect(await last).toEqual({ done: true, value: undefined });
  await events.close();
  expect(await ended).toContain("ended");
});
