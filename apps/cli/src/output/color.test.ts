import { GROUP_COLORS } from "@skillmeat/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hasColor, swatchOf } from "./color.ts";

beforeEach(() => {
  for (const name of ["NO_COLOR", "FORCE_COLOR", "COLORTERM"]) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [false, { FORCE_COLOR: "1" }, true],
  [true, { FORCE_COLOR: "0" }, false],
  [false, { FORCE_COLOR: "" }, false],
  [true, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
])("whether a stream has colours: a terminal %j, with %j: %j", (isTTY, variables, expected) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  expect(hasColor({ isTTY })).toBe(expected);
});

test("each colour that a group may name has a swatch", () => {
  for (const color of GROUP_COLORS) expect(swatchOf(color), color).toContain("●");
});

test.each([
  ["#3b82f6", "5;69"],
  ["#FFF", "5;231"],
  ["#000000", "5;16"],
])("%s is shown as the nearest of 256 colours", (color, code) => {
  expect(swatchOf(color)).toBe(`\u001b[38;${code}m●\u001b[39m`);
});

test("a terminal of all colours is given the very one", () => {
  vi.stubEnv("COLORTERM", "truecolor");
  expect(swatchOf("#3B82F6")).toBe("\u001b[38;2;59;130;246m●\u001b[39m");
  expect(swatchOf("#38f")).toBe("\u001b[38;2;51;136;255m●\u001b[39m");
});

test.each(["", "purple", "#12", "#12345", "#1234567", "red\u001b[2J", "constructor"])(
  "what is no colour has no swatch: %j",
  (text) => {
    expect(swatchOf(text)).toBeNull();
  },
);
