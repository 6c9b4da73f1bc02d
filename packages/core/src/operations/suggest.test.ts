import { describe, expect, it } from "vitest";
import { commandHint, listed, nearest, notFound, quoted, shellWord } from "./suggest.ts";

describe("nearest", () => {
  it("finds a slip of the keyboard, ignoring case", () => {
    expect(nearest("bakend", ["frontend", "Backend", "back"])).toBe("Backend");
    expect(nearest("pdg", ["docx", "pdf"])).toBe("pdf");
    expect(nearest("pd", ["pdf", "docx"])).toBe("pdf");
    expect(nearest("AUTH", ["auth"])).toBe("auth");
  });

  it("counts two swapped letters as one slip", () => {
    expect(nearest("Auht", ["Docs", "Auth"])).toBe("Auth");
    expect(nearest("pfd", ["pdf", "docx"])).toBe("pdf");
    expect(nearest("skill:pfd", ["pdf", "skill:pdf"])).toBe("skill:pdf");
    expect(nearest("fdp", ["pdf"])).toBeNull();
  });

  it("guesses nothing where nothing is near, nor for a long text", () => {
    expect(nearest("zzz", ["alpha", "beta"])).toBeNull();
    expect(nearest("x", [])).toBeNull();
    expect(nearest("x", ["y"])).toBeNull();
    expect(nearest("", ["y"])).toBeNull();
    expect(nearest("x".repeat(1e6), ["x"])).toBeNull();
  });
});

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
