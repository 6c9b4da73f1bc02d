import { describe, expect, it } from "vitest";
import { slugOf } from "../schema/tag.ts";
import { createTagMatcher, slugsAround, wordOf } from "./tag-words.ts";

describe("createTagMatcher", () => {
  const match = createTagMatcher([
    { slug: "backend", name: "Server side" },
    { slug: "be", name: "Backend" },
    { slug: "cpp", name: "C++" },
    { slug: "c-u002b", name: "C with one plus" },
  ]);

  it("goes by name before slug, ignoring case", () => {
    expect(match("backend")).toBe("be");
    expect(match(" SERVER SIDE ")).toBe("backend");
    expect(match("c++")).toBe("cpp");
    expect(match("CPP")).toBe("cpp");
  });

  it("takes a definition's slug for itself", () => {
    expect(match("c-u002b")).toBe("c-u002b");
    expect(match("c+")).toBe("c-u002b");
  });

  it("gives any other word its own slug, and keeps C, C# and 日本語 apart", () => {
    const words = ["C", "C#", "日本語", "new words"];
    expect(words.map(match)).toEqual(words.map(slugOf));
    expect(new Set(words.map(match)).size).toBe(4);
  });

  it("means the first of two definitions of one name", () => {
    const first = createTagMatcher([
      { slug: "one", name: "same" },
      { slug: "two", name: "SAME" },
    ]);
    expect(first("Same")).toBe("one");
  });

  it("reads every word that is written as the tag that it was written for", () => {
    expect(wordOf({ slug: "backend", name: "Server side" }, match)).toBe("Server side");
    expect(wordOf({ slug: "be", name: "Backend" }, match)).toBe("be");
    expect(match("Server side")).toBe("backend");
  });
});

it("looks for a definition's words under each slug that they may have", () => {
  expect(slugsAround({ slug: "cpp", name: "C++" }).toSorted()).toEqual(["c-u002b-u002b", "cpp"]);
  expect(slugsAround({ slug: "a-u002b", name: "be" }).toSorted()).toEqual([
    "a-u002b",
    "a-u0075-002b",
    "be",
  ]);
});
