import { expect, it } from "vitest";
import { fileTags } from "./file-tags.ts";

const tag = (slug: string, name: string) => ({
  slug,
  name,
  color: "",
  description: "",
  defined: true,
  artifactCount: 1,
});

it("tells the tags that a file holds, by their names and by their slugs", () => {
  const tags = new Map([
    ["data", tag("data", "Data sets")],
    ["c-u002b-u002b", tag("c-u002b-u002b", "C++")],
    ["own", tag("own", "Own")],
  ]);
  const text = "---\ntags: [DATA, c++]\n---\nown\n";
  expect([...fileTags([...tags.keys()], text, tags)]).toEqual(["data", "c-u002b-u002b"]);
  expect([...fileTags(["x"], "---\ntags: X\n---\n", new Map())]).toEqual(["x"]);
  expect([...fileTags(["own"], "no frontmatter: own", tags)]).toEqual([]);
});
