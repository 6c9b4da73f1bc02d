import fc from "fast-check";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { fuzz, RUNS } from "../testing/fuzz.ts";
import { content } from "./testing/toml-values.ts";
import { tomlArray, tomlInlineArray, tomlString } from "./toml-text.ts";

const text = fc.oneof(content, fc.string({ unit: "binary" }), fc.string({ unit: "binary-ascii" }));

test("any text reads back as it was, from one line", () => {
  fc.assert(
    fc.property(text, (value) => {
      const written = tomlString(value);
      expect(parse(`a = ${written}`)).toEqual({ a: value });
      expect(written).not.toMatch(/[\p{Cc}]/u);
    }),
    fuzz(RUNS),
  );
});

test("every ASCII character reads back as it was", () => {
  const all = Array.from({ length: 0xa0 }, (_, code) => String.fromCodePoint(code)).join("");
  expect(parse(`a = ${tomlString(all)}`)["a"]).toBe(all);
  expect(tomlString('\u007f\t"\\\u0001é')).toBe('"\\u007f\\t\\"\\\\\\u0001é"');
});

test("any list reads back as it was, in either form", () => {
  fc.assert(
    fc.property(fc.array(text), fc.constantFrom("\n", "\r\n"), (items, newline) => {
      expect(parse(`a = ${tomlInlineArray(items)}`)).toEqual({ a: items });
      expect(parse(`a = ${tomlArray("a = ", items, newline)}`)).toEqual({ a: items });
    }),
    fuzz(RUNS),
  );
});

test("a list stands on one line up to 100 columns, else one item a line", () => {
  const prefix = "members = ";
  const fits = ["a".repeat(86)];
  expect(prefix.length + tomlArray(prefix, fits, "\n").length).toBe(100);
  expect(tomlArray(prefix, fits, "\n")).toBe(`["${"a".repeat(86)}"]`);
  expect(tomlArray(prefix, ["a".repeat(87)], "\r\n")).toBe(`[\r\n    "${"a".repeat(87)}",\r\n]`);
  expect(tomlArray(prefix, [], "\n")).toBe("[]");
});
