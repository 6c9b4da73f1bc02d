import { expect, test } from "vitest";
import { mergeRows } from "./merge-rows.ts";
import { NOTHING, type MergeRows } from "./mergeable-rows.ts";

/** One tag under a slug, and artifacts that carry it. */
function rows(slug: string, ...artifacts: string[]): MergeRows {
  return {
    ...NOTHING,
    tags: [{ id: 1, slug, name: "C", color: "", description: "" }],
    artifacts: artifacts.map((artifact) => ({ artifact, path: "", tags: [{ slug, word: slug }] })),
  };
}

test("a tag whose slug both sides changed is one on what each of them added", () => {
  for (const prefer of ["ours", "theirs"] as const) {
    const { merged } = mergeRows(
      rows("c", "skill:x"),
      { ...rows("cee", "skill:x", "skill:ours"), hasIdsOfBase: true },
      { ...rows("dee", "skill:x", "skill:theirs"), hasIdsOfBase: true },
      prefer,
    );
    const slug = prefer === "ours" ? "cee" : "dee";
    expect(merged.tags).toMatchObject([{ slug }]);
    expect(merged.artifacts.map(({ artifact, tags }) => [artifact, tags[0]?.slug])).toEqual(
      expect.arrayContaining([
        ["skill:x", slug],
        ["skill:ours", slug],
        ["skill:theirs", slug],
      ]),
    );
  }
});
