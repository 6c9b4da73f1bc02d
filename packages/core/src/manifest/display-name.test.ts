import { describe, expect, test } from "vitest";
import { write } from "./testing/read.ts";

/** A text after a write of nothing but a display name. */
function named(text: string, displayName = 'At "work"'): string {
  return write(text, () => ({ displayName }));
}

describe("a display name", () => {
  test.each([
    [
      '# c\n[collection] # d\nname = "x" # e\n',
      '# c\n[collection] # d\nname = "At \\"work\\"" # e\n',
    ],
    ["[collection]\r\nname = 5\r\n", '[collection]\r\nname = "At \\"work\\""\r\n'],
    ['collection."name" = """\nx"""\n', 'collection."name" = "At \\"work\\""\n'],
    ["collection = { name = 'x', y = 1 }\n", 'collection = { name = "At \\"work\\"", y = 1 }\n'],
  ])("takes the place of the one in %j", (text, expected) => {
    const timed = expected.replace(
      /(\[collection\][^]*?)(\r?\n)$/,
      '$1$2updated = "2026-11-22T08:00:00"$2',
    );
    expect(named(text)).toBe(timed);
  });

  test.each([
    ["", '[collection]\nname = "At \\"work\\""\n'],
    ["[x]\ny = 1\n", '[x]\ny = 1\n\n[collection]\nname = "At \\"work\\""\n'],
    [
      '[collection] # c\nupdated = ""\n',
      '[collection] # c\nname = "At \\"work\\""\nupdated = "2026-11-22T08:00:00"\n',
    ],
    ["[collection]", '[collection]\nname = "At \\"work\\""\nupdated = "2026-11-22T08:00:00"'],
    ["[collection.x]\ny = 1\n", '[collection.x]\ny = 1\n\n[collection]\nname = "At \\"work\\""\n'],
    [
      "collection.version = '1' # c\nx = 1\n",
      'collection.version = \'1\' # c\ncollection.name = "At \\"work\\""\nx = 1\n',
    ],
    ["collection = { v = 1 }\n", 'collection = { name = "At \\"work\\"", v = 1 }\n'],
    ["collection = {}\n", 'collection = { name = "At \\"work\\"" }\n'],
  ])("comes into %j, which has none", (text, expected) => {
    expect(named(text)).toBe(expected);
  });

  test("that stands there already changes nothing", () => {
    const text = "[collection]\nname = 'x'\n";
    expect(named(text, "x")).toBe(text);
  });

  test.each([
    "collection = 5\n",
    "[[collection]]\n",
    "[collection.name]\nfirst = 'x'\n",
    "[collection]\nname.first = 'x'\n",
    "[collection]\nname = ['x']\n",
    "collection = { name = { first = 'x' } }\n",
  ])("is refused where it has no place, as in %j", (text) => {
    expect(() => named(text)).toThrow(
      expect.objectContaining({
        code: "refused",
        message: expect.stringContaining("the display name cannot be written"),
        hint: expect.stringContaining("by hand"),
      }),
    );
  });
});
