import { expect, test } from "vitest";
import { requireCollection } from "../cache/commit.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { read } from "../manifest/testing/read.ts";
import { described, pending, problemText, seen } from "./bookkeeping.ts";
import { HEAD, openTestHome } from "./testing/test-home.ts";

async function row(changes: Partial<CollectionRow>): Promise<CollectionRow> {
  const { home } = await openTestHome(HEAD);
  await home.sync.ready("default");
  return { ...(await requireCollection(home.cache.db, "default")), ...changes };
}

test("a write that fails is tried again after a pause that doubles, up to a minute", async () => {
  const now = new Date("2026-11-22T08:00:00Z");
  const fresh = await row({ attempts: 0, pending_since: null });
  const pauses = [0, 1, 2, 5, 6, 7, 60].map((attempts) => {
    const { next_try: next } = pending({ ...fresh, attempts }, "the disk is full", now);
    return typeof next === "string" ? Date.parse(next) - now.getTime() : Number.NaN;
  });
  [1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000].forEach((pause, index) => {
    expect(pauses[index]).toBeGreaterThanOrEqual(0.75 * pause - 1);
    expect(pauses[index]).toBeLessThanOrEqual(1.25 * pause);
  });
});

test("it counts since the first failure, with the last reason", async () => {
  const now = new Date("2026-11-22T08:00:00Z");
  const first = pending(await row({ attempts: 0, pending_since: null }), "one", now);
  expect(first).toMatchObject({
    pending_reason: "one",
    pending_since: now.toISOString(),
    attempts: 1,
  });
  const since = "2026-11-21T08:00:00.000Z";
  const later = pending(await row({ attempts: 3, pending_since: since }), "two", now);
  expect(later).toMatchObject({ pending_reason: "two", pending_since: since, attempts: 4 });
});

test("the manifest's name is shown, but for one that was given here until it is there, too", async () => {
  const names = async (given: string | null, text = HEAD) => {
    const { display_name, given_name } = described(read(text), await row({ given_name: given }));
    return [display_name, given_name];
  };
  expect(await names(null)).toEqual(["Mine", null]);
  expect(await names("Given")).toEqual([undefined, undefined]);
  expect(await names("Mine")).toEqual(["Mine", null]);
  expect(await names(null, "[collection]\n")).toEqual([undefined, undefined]);
});

test("version and date of a manifest are taken where it has them", async () => {
  expect(described(read(HEAD), await row({}))).toMatchObject({
    version: "1.0.0",
    created: "2026-01-01T00:00:00",
  });
  const nothing = described(read("[collection]\n"), await row({}));
  expect(nothing).not.toHaveProperty("version");
  expect(nothing).not.toHaveProperty("created");
});

test("a problem says where it stands, if it stands anywhere", () => {
  const problem = { file: "collection.toml", line: 3, column: 7, message: "invalid value" };
  expect(problemText(problem)).toBe("collection.toml:3:7 invalid value");
  expect(problemText({ ...problem, line: 0, column: 0 })).toBe("collection.toml: invalid value");
});

test("what was seen is noted with its reason", () => {
  expect(seen("1-2-3", "unreadable", "no TOML")).toEqual({
    seen_stat: "1-2-3",
    seen_state: "unreadable",
    seen_reason: "no TOML",
  });
});
