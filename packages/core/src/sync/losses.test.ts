import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requireCollection } from "../cache/commit.ts";
import { listLosses } from "../operations/losses.ts";
import type { Conflict } from "../schema/sync.ts";
import { recordLosses } from "./losses.ts";
import { HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const lossOf = (name: string, kept: string, lost: string): Conflict => {
  return { kind: "group", name, field: "color", kept, lost };
};

async function record(at: TestHome, dir: string, losses: readonly Conflict[], backup = "") {
  await at.home.cache.transaction(async (tx) => {
    const { id } = await requireCollection(tx, dir);
    await recordLosses(tx, id, "file", losses, backup === "" ? null : backup);
  });
}

test("a value that lost again is listed once, with what it lost to at last", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  await record(at, "default", [lossOf("A", "blue", "rose"), lossOf("B", "blue", "rose")]);
  await record(at, "default", [lossOf("A", "green", "rose")], "the-backup");
  const { items } = await listLosses(at.home.cache, {});
  expect(items).toMatchObject([
    { name: "A", kept: "green", lost: "rose", backup: "the-backup" },
    { name: "B", kept: "blue", lost: "rose", backup: null },
  ]);
  await record(at, "default", [lossOf("A", "green", "amber")]);
  expect((await listLosses(at.home.cache, {})).items).toHaveLength(3);
});

test("a thousand are kept of a collection, and the oldest go first", async () => {
  const at = await openTestHome(HEAD);
  const other = join(at.root, "collections", "other");
  mkdirSync(other);
  writeFileSync(join(other, "collection.toml"), HEAD);
  await at.home.sync.readyAll();
  const { db } = at.home.cache;
  const { id: collection_id } = await requireCollection(db, "default");
  const names = Array.from({ length: 1_001 }, (_, place) => `G${place}`);
  const old = { collection_id, at: "", side: "file", kind: "group", field: "color" } as const;
  const values = names.map((name) => ({ ...old, name, kept: "", lost: "rose" }));
  await db.insertInto("losses").values(values.slice(0, 999)).execute();
  const listed = async (collection: string) => {
    const { items } = await listLosses(at.home.cache, { collection });
    return items.map(({ name }) => name).toReversed();
  };
  await record(at, "default", [lossOf("G999", "", "rose")]);
  await record(at, "other", [lossOf("G0", "", "rose")]);
  expect(await listed("default")).toEqual(names.slice(0, 1_000));
  await record(at, "default", [lossOf("G1000", "", "rose")]);
  expect(await listed("default")).toEqual(names.slice(1));
  expect(await listed("other")).toEqual(["G0"]);
});
