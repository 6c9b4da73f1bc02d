import { expect, test } from "vitest";
import { judge, type Target } from "./result.ts";

const stats = (median: number) => ({ name: "a way", n: 3, median, p99: median, min: median });

function judged(product: number, other: number | null, target: Target) {
  const against = other === null ? null : stats(other);
  return judge({
    what: "a thing",
    size: "S",
    unit: "ms",
    product: stats(product),
    other: against,
    target,
    note: "",
  });
}

test("as many times as long as is allowed is met, and more is not", () => {
  const target = { kind: "times", figure: 1.5 } as const;
  expect(judged(3, 2, target)).toEqual({ value: 1.5, share: 1, met: true });
  expect(judged(6, 2, target)).toEqual({ value: 3, share: 2, met: false });
});

test("as many times faster as was aimed at is met, and less is not", () => {
  const target = { kind: "faster", figure: 4 } as const;
  expect(judged(2, 16, target)).toEqual({ value: 8, share: 0.5, met: true });
  expect(judged(8, 16, target)).toEqual({ value: 2, share: 2, met: false });
});

test("a limit is for the median itself, whatever it is compared with", () => {
  const target = { kind: "limit", figure: 200 } as const;
  expect(judged(200, null, target)).toEqual({ value: 200, share: 1, met: true });
  expect(judged(400, 1, target)).toEqual({ value: 400, share: 2, met: false });
});

test("without a target there is nothing to meet", () => {
  expect(judged(3, 2, { kind: "times", figure: null })).toEqual({
    value: 1.5,
    share: null,
    met: null,
  });
});

test("what was not measured meets no target", () => {
  expect(judged(Number.NaN, 2, { kind: "times", figure: 1.5 }).met).toBe(false);
});
