import { expect, test } from "vitest";
import type { Artifact, Tag } from "../api/queries.ts";
import { makeFilter } from "./board-filter.ts";
import { cardOfArtifact, cardsOf } from "./cards.ts";

function artifact(name: string, fields: Partial<Artifact> = {}): Artifact {
  const base = { id: `skill:${name}`, type: "skill", name, title: "", description: "", path: "" };
  return { ...base, tags: [], groups: [], missing: false, ...fields };
}

const tag: Tag = {
  slug: "c-u002b",
  name: "C+",
  color: "",
  description: "",
  defined: true,
  artifactCount: 1,
};
const tags = new Map([[tag.slug, tag]]);
const all = [
  artifact("pdf", { description: "Reads PAPER" }),
  artifact("xls", { tags: [tag.slug] }),
  artifact("plan", { id: "agent:plan", type: "agent" }),
];
const index = new Map(all.map((each) => [each.id, each]));

function left(search: Parameters<typeof makeFilter>[0]): string[] {
  const filter = makeFilter(search, index, tags);
  return all
    .filter((each) => filter === null || filter(cardOfArtifact(each)))
    .map(({ name }) => name);
}

test("a search finds a part of a name, a text or a tag, ignoring case", () => {
  expect(left({ q: "PDF" })).toEqual(["pdf"]);
  expect(left({ q: "paper" })).toEqual(["pdf"]);
  expect(left({ q: "c+" })).toEqual(["xls"]);
  expect(left({})).toEqual(["pdf", "xls", "plan"]);
});

test("type and tag narrow it further", () => {
  expect(left({ type: "agent" })).toEqual(["plan"]);
  expect(left({ tag: tag.slug })).toEqual(["xls"]);
  expect(left({ tag: tag.slug, q: "pdf" })).toEqual([]);
});

test("a member that is missing is found by its name, and has no type or tag", () => {
  const [gone] = cardsOf({ members: [{ ref: "Gone", artifactId: null }] });
  if (gone === undefined) throw new Error("There is a card of it");
  expect(makeFilter({ q: "gone" }, index, tags)?.(gone)).toBe(true);
  expect(makeFilter({ q: "gone", type: "skill" }, index, tags)?.(gone)).toBe(false);
});
