import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openAsItIs, type Cache } from "../cache/open.ts";
import { homePaths } from "../paths.ts";
import { readBase, storeBaseRows } from "./base.ts";
import type { OwnedArtifact, OwnedGroup, OwnedRows, OwnedTag } from "./owned-rows.ts";

test.each([0, 1, 30, 40, 500])(
  "a base of %d rows of each kind is read as it was stored",
  async (count) => {
    const { cache, id } = await openCollection();
    const rows = baseOf(count);
    expect(await storeAndRead(cache, id, rows)).toEqual(rows);
  },
);

test("of a large base what changed, went, came and moved is stored over what was there", async () => {
  const { cache, id } = await openCollection();
  const before = baseOf(300);
  await storeAndRead(cache, id, before);
  const after = {
    groups: before.groups.toReversed(),
    tags: [...before.tags.slice(0, 10), ...baseOf(600).tags.slice(300)],
    artifacts: before.artifacts.map((artifact) => ({ ...artifact, tags: ["changed"] })),
  };
  expect(await storeAndRead(cache, id, after)).toEqual(after);
});

function baseOf(count: number): OwnedRows {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  return {
    groups: numbers.map((at): OwnedGroup => {
      const text = { name: `Group ${at}`, description: 'A "text"', color: "", icon: "" };
      return { ...text, id: `id-${at}`, members: [`skill:one-${at}`, "two"] };
    }),
    tags: numbers.map((at): OwnedTag => {
      return { id: at, name: `Tag ${at}`, slug: `tag-${at}`, color: "#fff", description: "" };
    }),
    artifacts: numbers.map((at): OwnedArtifact => {
      return { artifact: `skill:${at}`, row: JSON.stringify(["skill", `${at}`, ""]), tags: [] };
    }),
  };
}

async function storeAndRead(cache: Cache, id: number, rows: OwnedRows): Promise<OwnedRows> {
  await cache.transaction((tx) => storeBaseRows(tx, id, rows));
  return cache.transaction((tx) => readBase(tx, id));
}

async function openCollection(): Promise<{ cache: Cache; id: number }> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-base-"));
  const cache = await openAsItIs(homePaths(root));
  onTestFinished(async () => {
    await cache.close();
    rmSync(root, { recursive: true, force: true });
  });
  const { id } = await cache.db
    .insertInto("collections")
    .values({ dir: "default", dir_key: "default", display_name: "", version: "", created: "" })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { cache, id };
}
