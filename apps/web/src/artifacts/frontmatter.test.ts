import { expect, it } from "vitest";
import { splitFrontmatter, tagWords } from "./frontmatter.ts";

const tagsOf = (tags: string) => tagWords(splitFrontmatter(`---\n${tags}\n---\n`).entries);

it("parts frontmatter from the text", () => {
  const { entries, body } = splitFrontmatter(
    '\uFEFF---\r\nname: pdf\r\ndescription: "Use it: always"\r\nmore: >-\r\n  one\r\n  two\r\n---\r\n\r\n# Text\r\n',
  );
  expect(entries).toEqual([
    { key: "name", value: "pdf" },
    { key: "description", value: "Use it: always" },
    { key: "more", value: "one\ntwo" },
  ]);
  expect(body).toBe("\r\n# Text\r\n");
});

it("leaves a text as it is that has none, or one that does not end", () => {
  for (const text of ["# Text\n---\na: b\n---\n", "---\na: b\n", "", "----\na: b\n---\n"]) {
    expect(splitFrontmatter(text)).toEqual({ entries: [], body: text });
  }
});

it("reads the words of tags in every form that is usual", () => {
  const words = ["a b", "C++", "日本"];
  expect(tagsOf('tags: ["a b", C++, 日本]')).toEqual(words);
  expect(tagsOf("tags: a b, C++ , 日本")).toEqual(words);
  expect(tagsOf("tags:\n  - a b\n  - 'C++'\n  - 日本")).toEqual(words);
  expect(tagsOf("tags:\n- a b\n- C++\n- 日本\nname: x")).toEqual(words);
  expect(tagsOf("name: x")).toEqual([]);
});
