import { sql } from "kysely";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { homePaths } from "../paths.ts";
import { openAsItIs } from "./open.ts";

test("a transaction that SQLite rolls back by itself says why, and not that there is nothing to roll back", async () => {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-rollback-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const cache = await openAsItIs(homePaths(root));
  onTestFinished(() => cache.close());
  await sql`pragma max_page_count = 1`.execute(cache.db);
  const tooLarge = { key: "k", value: "v".repeat(100_000) };
  const failed = cache.transaction((tx) => tx.insertInto("meta").values(tooLarge).execute());
  await expect(failed).rejects.toMatchObject({
    code: "cache-unusable",
    message: expect.stringContaining("database or disk is full"),
  });
});
