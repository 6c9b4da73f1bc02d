import { describe, expect, test } from "vitest";
import { added, write } from "./testing/read.ts";

/** A text after a write that adds an inline group; nothing but `updated` can change beside it. */
function touch(text: string): string {
  const groups = "groups = []\n";
  const result = write(groups + text, () => ({ groups: [added()] }));
  return result.slice(result.indexOf("\n]\n") + 3);
}

describe("updated keeps its form", () => {
  test.each([
    ['[collection]\nupdated = "2026-01-01T00:00:00" # c\n', '"2026-11-22T08:00:00" # c'],
    ["[collection]\nupdated = '2026-01-01T00:00:00+02:00'\n", "'2026-11-22T08:00:00Z'"],
    ['[collection]\nupdated = """2026-01-01T00:00:00z"""\n', '"2026-11-22T08:00:00Z"'],
    ["[collection]\nupdated = 2026-01-01 00:00:00.25\n", "2026-11-22T08:00:00"],
    ["[collection]\nupdated = 2026-01-01T00:00:00-07:00\n", "2026-11-22T08:00:00Z"],
    ['[collection]\nupdated = "last Zuesday"\n', '"2026-11-22T08:00:00"'],
    ["[collection]\nupdated = 2026-01-01\n", "2026-11-22T08:00:00"],
    ['collection.name = "x"\ncollection."updated" = ""\n', '"2026-11-22T08:00:00"'],
    ['collection = { name = "x", updated = "" }\n', '"2026-11-22T08:00:00" }'],
    ['collection = { x.updated = "", "updated" = "" }\n', '"2026-11-22T08:00:00" }'],
    [
      '[x]\nupdated = ""\n[["collection.y"]]\n[ "collection" ]\nx.updated = ""\n updated = ""',
      '"2026-11-22T08:00:00"',
    ],
  ])("in %j", (text, expected) => {
    const at = text.lastIndexOf("updated");
    const start = text.slice(0, text.indexOf("=", at) + 2);
    expect(touch(text)).toBe(start + expected + (text.endsWith("\n") ? "\n" : ""));
  });

  test.each([
    ["[collection]", '[collection]\nupdated = "2026-11-22T08:00:00"'],
    [
      '[collection] # c\nx = """\n""" # d\n\n[collection.y]\nz = 1\n',
      '[collection] # c\nx = """\n""" # d\nupdated = "2026-11-22T08:00:00"\n\n[collection.y]\nz = 1\n',
    ],
  ])("and is added to %j", (text, expected) => {
    expect(touch(text)).toBe(expected);
  });

  test.each([
    "",
    "[[collection]]\n",
    "collection = 5\n",
    "collection = {}\n",
    "collection.name = 'x'\n",
    "[collection.x]\nupdated = 1\n",
    "[collection]\nupdated = 12\n",
    "[collection]\nupdated.by = 'me'\n",
    "[collection]\n[collection.updated]\nat = 'x'\n",
    "[collection]\nupdated = { by = 'me' }\n",
  ])("and is left alone in %j", (text) => {
    expect(touch(text)).toBe(text);
  });
});
