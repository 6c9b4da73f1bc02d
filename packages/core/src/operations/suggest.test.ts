import { expect, it } from "vitest";
import { commandHint, listed, notFound, quoted, shellWord } from "./suggest.ts";

it("cuts a long text", () => {
  expect(quoted("short")).toBe('"short"');
  expect(quoted("🙂".repeat(300))).toBe(`"${"🙂".repeat(80)}…"`);
});

it("lists the first five", () => {
  expect(listed(["a", "b"])).toBe("a, b");
  expect(listed(["a", "b", "c", "d", "e", "f", "g"])).toBe("a, b, c, d, e and 2 more");
});

it("names another collection in a command", () => {
  expect(commandHint("default", "tag list")).toBe("skillmeat tag list");
  expect(commandHint("my work", "tag list")).toBe("skillmeat tag list --collection 'my work'");
  expect(shellWord("it's")).toBe("'it'\\''s'");
});

it("says what was meant where it can", () => {
  expect(notFound('tag "x"', "default", null, "tag list").message).toBe(
    'There is no tag "x" in the collection "default"',
  );
  expect(notFound('tag "x"', "default", "y", "tag list").message).toMatch(/; did you mean "y"\?$/);
});
