import { expect, test } from "vitest";
import { compare, statsOf } from "./sample.ts";

const plenty = { rounds: 64, most: 600_000 };

test("the median is the middle, and of two middles what lies between", () => {
  expect(statsOf("odd", [30, 1, 2]).median).toBe(2);
  expect(statsOf("even", [30, 1, 2, 4]).median).toBe(3);
});

test("the 99th percentile lies between the nearest ranks", () => {
  const upTo = Array.from({ length: 101 }, (_, index) => 100 - index);
  expect(statsOf("101", upTo)).toEqual({ name: "101", n: 101, median: 50, p99: 99, min: 0 });
  expect(statsOf("two", [1, 2]).p99).toBeCloseTo(1.99);
});

test("of no figures there is no median", () => {
  expect(statsOf("none", [])).toMatchObject({ n: 0, median: Number.NaN });
});

test("each round runs every alternative once, not always in the same order", async () => {
  const ran: string[] = [];
  const alternatives = ["a", "b", "c"].map((name) => ({
    name,
    run: (round: number) => ran.push(`${round} ${name}`),
  }));
  const stats = await compare(alternatives, plenty);
  expect(stats.map(({ name, n }) => [name, n])).toEqual([
    ["a", 64],
    ["b", 64],
    ["c", 64],
  ]);
  const orders = new Set<string>();
  for (let round = 0; round <= 64; round += 1) {
    const names = ran.slice(round * 3, round * 3 + 3);
    const all = ["a", "b", "c"].map((name) => `${round} ${name}`);
    expect(names.toSorted()).toEqual(all);
    orders.add(names.map((each) => each.split(" ")[1]).join(""));
  }
  expect(orders.size).toBeGreaterThan(1);
});

test("each run stands between what makes ready for it and what clears up after it", async () => {
  const done: string[] = [];
  const alternative = {
    name: "a",
    before: (round: number) => done.push(`before ${round}`),
    run: (round: number) => done.push(`run ${round}`),
    after: (round: number) => done.push(`after ${round}`),
  };
  await compare([alternative], { rounds: 1, most: 600_000 });
  expect(done).toEqual(["before 0", "run 0", "after 0", "before 1", "run 1", "after 1"]);
});

test("where no time is left one round is counted all the same", async () => {
  const [stats] = await compare([{ name: "a", run: () => {} }], { rounds: 64, most: -1 });
  expect(stats.n).toBe(1);
});

test("where no rounds are wanted the first is counted", async () => {
  const [stats] = await compare([{ name: "a", run: () => {} }], { rounds: 0, most: 0 });
  expect(stats.n).toBe(1);
});

test("where a round does several things the time is that of one", async () => {
  const [alone, shared] = await compare(
    [
      { name: "alone", run: () => Array.from({ length: 1_000 }).join() },
      { name: "shared", run: () => Array.from({ length: 1_000 }).join(), things: Infinity },
    ],
    plenty,
  );
  expect(alone.median).toBeGreaterThan(0);
  expect(shared.median).toBe(0);
});
