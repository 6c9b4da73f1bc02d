import { expect, test } from "vitest";
import { mergeTags, tagsOf } from "./row-tags.ts";

const words = (text: string) => tagsOf(text.split(" "), (word) => word.toLowerCase());

test("the words of a row are tags, each once, as the first of them is written", () => {
  expect([...tagsOf(["B", " ", "a", "b", "", "A"], (word) => word.toLowerCase())]).toEqual([
    ["b", "B"],
    ["a", "a"],
  ]);
});

test.each([
  ["nothing changed", "a b", "a b", "a b", "a b"],
  ["added here and there", "a", "a x", "a y", "a y x"],
  ["added here and there alike", "a", "X a", "a x", "a x"],
  ["removed here", "a b", "a", "a b", "a"],
  ["removed there", "a b", "a b", "b", "b"],
  ["removed here, another added there", "a b", "b", "a b c", "b c"],
  ["another order there", "a b", "a b", "b a", "b a"],
  ["written otherwise there", "a", "a", "A", "A"],
  ["no base", "", "b a", "A c", "A c b"],
])("tags merge as sets, as the file has them: %s", (_, base, cache, file, merged) => {
  const result = mergeTags(words(base), words(cache), words(file));
  expect([...result.values()].join(" ")).toBe(merged);
});
