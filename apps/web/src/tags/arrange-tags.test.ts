import { expect, it } from "vitest";
import type { Tag } from "../api/queries.ts";
import { arrangeTags } from "./arrange-tags.ts";

function tag(name: string, artifactCount = 0, fields: Partial<Tag> = {}): Tag {
  const slug = name.toLowerCase();
  return { slug, name, color: "", description: "", defined: true, artifactCount, ...fields };
}

const tags = [tag("v10", 3), tag("Émile", 1), tag("v9", 3), tag("apple", 7)];
const names = (found: readonly Tag[]) => found.map(({ name }) => name);

it("orders by name as people read it, numbers by their value, and turns that round", () => {
  expect(names(arrangeTags(tags, {}))).toEqual(["apple", "Émile", "v9", "v10"]);
  expect(names(arrangeTags(tags, { turned: true }))).toEqual(["v10", "v9", "Émile", "apple"]);
});

it("puts those first that most artifacts carry, and by name those of one count", () => {
  expect(names(arrangeTags(tags, { sort: "count" }))).toEqual(["apple", "v9", "v10", "Émile"]);
  expect(names(arrangeTags(tags, { sort: "count", turned: true }))).toEqual([
    "Émile",
    "v9",
    "v10",
    "apple",
  ]);
});

it("finds by name, slug and description, ignoring case and how accents are composed", () => {
  const odd = tag("C++", 0, { slug: "c-u002b-u002b", description: "The Language" });
  const all = [...tags, odd];
  expect(names(arrangeTags(all, { q: "e\u0301mile" }))).toEqual(["Émile"]);
  expect(names(arrangeTags(all, { q: "U002B" }))).toEqual(["C++"]);
  expect(names(arrangeTags(all, { q: " language " }))).toEqual(["C++"]);
});
