import { expect, test } from "vitest";
import { mergeTags } from "./merge-tags.ts";
import type { MergeTag } from "./mergeable-rows.ts";

/** A tag of a text such as `cpp C++`: its slug and its name. */
function tag(text: string, id: number | null = null): MergeTag {
  const [slug = "", name = ""] = text.split(" ");
  return { id, slug, name, color: "", description: "" };
}

/** Merges tags; the loser's are known by the base's ids, which are its places there. */
function merge(base: readonly string[], winner: readonly string[], loser: readonly string[]) {
  const lists = {
    base: base.map((text, id) => tag(text, id)),
    winner: winner.map((text) => tag(text)),
    loser: loser.map((text, at) => tag(text, base.includes(text) ? base.indexOf(text) : 100 + at)),
  };
  const outcomes = mergeTags(lists, ["loser"], () => {});
  const text = (row: MergeTag | null) => (row === null ? "-" : `${row.slug} ${row.name}`);
  return {
    triples: outcomes.map(({ triple }) =>
      [triple.base, triple.winner, triple.loser].map(text).join(", "),
    ),
    tags: outcomes.flatMap(({ tag: merged }) => (merged === null ? [] : [merged.slug])),
  };
}

test("a tag that had to take a number is the one of that slug on the other side", () => {
  for (const numbered of ["c-2", "c-2-3", "c-10"]) {
    const { triples, tags } = merge([], ["c C", `${numbered} Cee`], ["c Cee"]);
    expect(triples.toSorted()).toEqual(["-, c C, -", `-, ${numbered} Cee, c Cee`].toSorted());
    expect(tags.toSorted()).toEqual(["c", numbered].toSorted());
  }
});

test("what ends in no number is no numbered slug, whatever it is called", () => {
  for (const other of ["c-2-x", "c-x", "cx"]) {
    const { tags } = merge([], [`${other} Cee`], ["c Cee"]);
    expect(tags.toSorted()).toEqual(["c", other].toSorted());
  }
});

test("what both added under one slug and name is one, before what has the slug alone", () => {
  const { triples } = merge([], ["c Cee", "d Dee"], ["d Dee", "c C"]);
  expect(triples.toSorted()).toEqual(["-, c Cee, c C", "-, d Dee, d Dee"]);
});

test("a definition of another name and slug is another one, and not renamed", () => {
  const { triples, tags } = merge(["a A", "b B"], ["b B", "c C"], ["a A", "b B"]);
  expect(tags).toEqual(["b", "c"]);
  expect(triples.toSorted()).toEqual(["-, c C, -", "a A, -, a A", "b B, b B, b B"]);
});
