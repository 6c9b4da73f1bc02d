import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { homePaths } from "../paths.ts";
import { compiledOnce, listed, type Placeholders } from "./compiled.ts";
import { openAsItIs, type Cache } from "./open.ts";

async function openCache(): Promise<Cache> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-compiled-"));
  const cache = await openAsItIs(homePaths(root));
  onTestFinished(async () => {
    await cache.close();
    rmSync(root, { recursive: true, force: true });
  });
  return cache;
}

const putMeta = compiledOnce((db, { key, value }: Placeholders<{ key: string; value: string }>) =>
  db.insertInto("meta").values({ key, value }).compile(),
);

test("a query that is compiled once takes the values of each call, wherever they are named", async () => {
  let compiled = 0;
  const find = compiledOnce((db, { text, keys }: Placeholders<{ text: string; keys: string }>) => {
    compiled += 1;
    return db
      .selectFrom("meta")
      .select("key")
      .where("key", "!=", "epoch")
      .where("value", "=", text)
      .where((eb) => eb.or([eb("key", "=", text), eb("key", "in", listed(keys))]))
      .compile();
  });
  const { db } = await openCache();
  await putMeta(db, { key: "a", value: "a" });
  await putMeta(db, { key: "b", value: "a" });
  await putMeta(db, { key: "c", value: "it's" });
  const keysOf = async (text: string, keys: readonly string[]) =>
    (await find(db, { text, keys: JSON.stringify(keys) })).rows.map(({ key }) => key);
  expect(await keysOf("a", [])).toEqual(["a"]);
  expect(await keysOf("a", ["b", "c"])).toEqual(["a", "b"]);
  expect(await keysOf("it's", ["c", 'with "quotes"'])).toEqual(["c"]);
  expect(compiled).toBe(1);
});

test("it is the same for every cache, and says what it changed", async () => {
  const [one, other] = [await openCache(), await openCache()];
  await putMeta(one.db, { key: "k", value: "v" });
  await putMeta(other.db, { key: "k", value: "w" });
  const drop = compiledOnce((db, { key }: Placeholders<{ key: string }>) =>
    db.deleteFrom("meta").where("key", "=", key).compile(),
  );
  expect((await drop(one.db, { key: "k" })).numAffectedRows).toBe(1n);
  expect((await drop(one.db, { key: "k" })).numAffectedRows).toBe(0n);
  expect((await drop(other.db, { key: "k" })).numAffectedRows).toBe(1n);
});
