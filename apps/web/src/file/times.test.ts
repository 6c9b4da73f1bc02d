import { expect, test } from "vitest";
import { relativeTime } from "./times.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

test.each([
  [0, "just now"],
  [-4 * SECOND, "just now"],
  [4 * SECOND, "in a moment"],
  [-30 * SECOND, "30 seconds ago"],
  [30 * SECOND, "in 30 seconds"],
  [-MINUTE, "1 minute ago"],
  [-119 * SECOND, "1 minute ago"],
  [-3 * HOUR, "3 hours ago"],
  [-24 * HOUR, "yesterday"],
  [-72 * HOUR, "3 days ago"],
])("what is %i ms away is told as %s", (distance, text) => {
  expect(relativeTime(NOW + distance, NOW)).toBe(text);
});
