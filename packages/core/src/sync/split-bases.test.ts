import Database from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { migrations } from "../cache/migrations.ts";
import { openAsItIs } from "../cache/open.ts";
import type { Tables } from "../cache/tables.ts";
import { homePaths } from "../paths.ts";
import { keepIntent, readBase } from "./base.ts";
import type { OwnedRows } from "./owned-rows.ts";

/** The version whose bases were one text each. */
const BEFORE = 4;
const OURS = 0x536b4d74;

const group = (id: string, name: string) => {
  return { id, name, description: "", color: "", icon: "", members: ["a"], position: null };
};
const tag = { id: 7, name: "C++", slug: "cpp", color: "", description: "" };
const base = { groups: [group("g2", "B"), group("g1", "A")], tags: [tag], artifacts: [] };
const intent = {
  groups: [group("g1", "A2"), group("g3", "C")],
  tags: [tag],
  artifacts: [{ row: "skill a", artifact: "skill:a", tags: ["x"] }],
};

test("a cache whose bases were one text each has them by rows, with what the intent changes of them", async () => {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-split-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const paths = homePaths(root);
  mkdirSync(paths.cacheDir, { recursive: true });
  const old = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: new Database(paths.cacheFile) }),
  });
  await old.transaction().execute(async (tx) => {
    for (const migrate of migrations.slice(0, BEFORE)) await migrate(tx);
    await sql`insert into meta (key, value) values ('epoch', 'old')`.execute(tx);
    await sql`
      insert into collections (id, dir, dir_key, display_name, version, created, base_hash, intent_hash)
      values (1, 'a', 'a', 'A', '', '', 'h1', 'h2')`.execute(tx);
    await sql`
      insert into bases (collection_id, base_rows, intent_rows)
      values (1, ${JSON.stringify(base)}, ${JSON.stringify(intent)})`.execute(tx);
    await sql.raw(`pragma application_id = ${OURS}`).execute(tx);
    await sql.raw(`pragma user_version = ${BEFORE}`).execute(tx);
  });
  await old.destroy();

  const cache = await openAsItIs(paths);
  onTestFinished(() => cache.close());
  const read = () => cache.transaction((tx): Promise<OwnedRows> => readBase(tx, 1));
  expect(await read()).toEqual(base);
  await cache.transaction((tx) => keepIntent(tx, 1, "h2"));
  expect(await read()).toEqual(intent);
});
