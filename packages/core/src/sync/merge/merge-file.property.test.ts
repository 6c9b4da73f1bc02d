import fc from "fast-check";
import { expect, test } from "vitest";
import { createTagMatcher, wordOf } from "../../cache/tag-words.ts";
import { newManifestText } from "../../manifest/new-manifest.ts";
import { readManifest, type Manifest } from "../../manifest/read.ts";
import { spliceManifest } from "../../manifest/splice.ts";
import { fuzz } from "../../testing/fuzz.ts";
import { NO_ROWS, rowIdentity, type OwnedRows } from "../owned-rows.ts";
import { mergeRows } from "./merge-rows.ts";
import { inTermsOfCache } from "./merge-file.ts";
import { memberKey, type MergeRows, type MergeSide, type MergeTagUse } from "./mergeable-rows.ts";
import { generatedSides } from "./testing/generated-sides.ts";
import { createArtifactOf, mergeableFile, splitArtifactId } from "./to-mergeable.ts";

const ARTIFACTS = ["skill:x", "skill:y", "command:x"];
const artifactOf = createArtifactOf(ARTIFACTS);
const KNOWN: OwnedRows = {
  ...NO_ROWS,
  artifacts: ARTIFACTS.map((artifact) => {
    const row = rowIdentity({ ...splitArtifactId(artifact), path: null });
    return { artifact, row, tags: [] };
  }),
};
const NOW = new Date("2026-11-22T08:00:00Z");
const COLORS: Record<string, string> = { one: "#111", two: "#222" };

function read(text: string): Manifest {
  const reading = readManifest(text);
  if ("unreadable" in reading) throw new Error(reading.unreadable.message);
  return reading.manifest;
}

/** The manifest that holds these rows. */
function render({ groups, tags, artifacts }: MergeRows): Manifest {
  const time = "2026-01-01T00:00:00";
  const empty = read(newManifestText({ name: "x", version: "1", created: time, updated: time }));
  const from = null;
  const match = createTagMatcher(tags);
  /** As the cache writes it where a tag got another slug. */
  const wordFor = ({ slug, word }: MergeTagUse) => {
    const tag = tags.find((candidate) => candidate.slug === slug);
    return tag === undefined || match(word) === slug ? word : wordOf(tag, match);
  };
  const text = spliceManifest(
    empty,
    {
      displayName: null,
      groups: groups.map((group) => ({
        from,
        definition: {
          ...group,
          color: COLORS[group.color] ?? group.color,
          members: group.members.map(({ ref }) => ref),
        },
      })),
      tags: tags.map((tag) => ({
        from,
        definition: { ...tag, color: COLORS[tag.color] ?? tag.color },
      })),
      artifacts: artifacts.map(({ artifact, tags: uses }) => ({
        from,
        definition: { ...splitArtifactId(artifact), path: "", tags: uses.map(wordFor) },
      })),
    },
    NOW,
  );
  return read(text);
}

const fileOf = (rows: MergeRows): MergeSide => mergeableFile(render(rows), KNOWN, artifactOf);

/** A cache that holds what the manifest of these rows says, under their ids. */
function cacheOf(rows: MergeRows): MergeSide {
  const file = fileOf(rows);
  return {
    groups: file.groups.map((group, at) => ({ ...group, id: rows.groups[at]?.id ?? null })),
    tags: file.tags.map((tag, at) => ({ ...tag, id: rows.tags[at]?.id ?? null })),
    artifacts: file.artifacts,
    hasIdsOfBase: true,
  };
}

/** All that is said, without ids and forms. */
function contentOf({ groups, tags, artifacts }: MergeRows): unknown {
  return {
    groups: groups.map(({ name, description, color, icon, members }) => {
      return [name, description, color, icon, ...members.map(memberKey)];
    }),
    tags: tags.map(({ name, slug, color, description }) => [name, slug, color, description]),
    artifacts: artifacts
      .map(({ artifact, tags: uses }) => [artifact, ...uses.map(({ slug }) => slug).toSorted()])
      .toSorted(),
  };
}

test("two clones that merge each other's manifests come to the same, and stay there", () => {
  fc.assert(
    fc.property(generatedSides, (sides) => {
      const base = cacheOf(sides.base);
      const [ours, theirs] = [cacheOf(sides.ours), cacheOf(sides.theirs)];
      const here = inTermsOfCache(mergeRows(base, ours, fileOf(sides.theirs), "theirs").merged);
      const written = cacheOf(here);
      // A word that nobody defined may mean a tag that the other side named so.
      const withoutUses = (rows: MergeRows) => contentOf({ ...rows, artifacts: [] });
      expect(withoutUses(written)).toEqual(withoutUses(here));

      const there = mergeRows(theirs, theirs, fileOf(here), "theirs");
      expect(there.conflicts).toEqual([]);
      expect(contentOf(inTermsOfCache(there.merged))).toEqual(contentOf(written));

      const again = mergeRows(written, written, fileOf(here), "theirs");
      expect(again.conflicts).toEqual([]);
      expect(contentOf(inTermsOfCache(again.merged))).toEqual(contentOf(written));

      const same = mergeRows(base, ours, fileOf(sides.ours), "theirs");
      expect(same.conflicts).toEqual([]);
      expect(contentOf(inTermsOfCache(same.merged))).toEqual(contentOf(ours));
    }),
    fuzz(100),
  );
});
