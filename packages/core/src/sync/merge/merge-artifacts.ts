import type { Triple } from "./align-rows.ts";
import { mergeValue, stays, type Report } from "./merge-fields.ts";
import { mergeList, sameList } from "./merge-list.ts";
import type { TagOutcome } from "./merge-tags.ts";
import type { MergeArtifact, MergeTagUse } from "./mergeable-rows.ts";

type Side = keyof Triple<MergeArtifact>;

/**
 * Merges the rows of `[[artifacts]]`, and their tags as sets. A tag whose slug one side changed is the
 * same tag on the other.
 */
export function mergeArtifacts(
  lists: { readonly [Of in Side]: readonly MergeArtifact[] },
  tags: readonly TagOutcome[],
  report: Report,
): MergeArtifact[] {
  const meanings = createMeanings(tags);
  const [ofBase, ofWinner, ofLoser] = [byId(lists.base), byId(lists.winner), byId(lists.loser)];
  return [...new Set([...ofWinner.keys(), ...ofLoser.keys()])].flatMap((artifact) => {
    const base = ofBase.get(artifact) ?? null;
    const winner = ofWinner.get(artifact) ?? null;
    const loser = ofLoser.get(artifact) ?? null;
    const left = winner ?? loser;
    if (left === null) return [];
    const row = { kind: "artifact", name: artifact } as const;
    const before = meanings.usesOf("base", base?.tags ?? []);
    const kept = meanings.usesOf(winner === null ? "loser" : "winner", left.tags);
    const other = loser === null ? kept : meanings.usesOf("loser", loser.tags);
    const same = () => sameList([...before.keys()], [...kept.keys()]);
    const triple = { base, winner, loser, left, other: loser ?? left };
    if (!stays(triple, same, row, report)) return [];
    const uses = mergeUses(before, kept, other, meanings, (one, another) =>
      report({ ...row, field: "order", kept: one, lost: another }),
    );
    return [{ artifact, path: left.path, tags: uses }];
  });
}

type Uses = ReadonlyMap<string, MergeTagUse>;

function mergeUses(
  base: Uses,
  winner: Uses,
  loser: Uses,
  { slugOf }: Meanings,
  clash: (kept: string, lost: string) => void,
): MergeTagUse[] {
  const merged = mergeList([...base.keys()], [...winner.keys()], [...loser.keys()]);
  const words = (uses: Uses) => [...uses.values()].map((use) => use.word).join(", ");
  if (merged.clash) clash(words(winner), words(loser));
  const uses = merged.items.flatMap((key) => {
    const left = winner.get(key) ?? loser.get(key);
    if (left === undefined) return [];
    const other = loser.get(key) ?? left;
    const word = mergeValue(base.get(key)?.word, left.word, other.word, () => {});
    return [{ slug: slugOf(key) ?? left.slug, word }];
  });
  return [...new Map(uses.map((use) => [use.slug, use])).values()];
}

/** Says which tags the slugs of each side mean. */
interface Meanings {
  /** The uses under a key that is the same for one tag on every side. */
  usesOf(side: Side, uses: readonly MergeTagUse[]): Map<string, MergeTagUse>;
  /** The slug of that key's tag after the merge; undefined where it is not defined. */
  slugOf(key: string): string | undefined;
}

function createMeanings(tags: readonly TagOutcome[]): Meanings {
  const sides = ["base", "winner", "loser"] as const;
  const known: Record<Side, Map<string, string>> = {
    base: new Map(),
    winner: new Map(),
    loser: new Map(),
  };
  const slugs = new Map<string, string>();
  tags.forEach(({ triple, tag }, index) => {
    const key = `#${index}`;
    for (const side of sides) {
      const row = triple[side];
      if (row !== null) known[side].set(row.slug, key);
    }
    if (tag !== null) slugs.set(key, tag.slug);
  });
  /** A slug that its side does not define means what it means elsewhere, unless that is here, too. */
  function keyOf(side: Side, slug: string): string {
    const own = known[side].get(slug);
    if (own !== undefined) return own;
    const here = new Set(known[side].values());
    const elsewhere = sides.flatMap((of) => known[of].get(slug) ?? []);
    return elsewhere.find((key) => !here.has(key)) ?? slug;
  }
  return {
    usesOf: (side, uses) => new Map(uses.map((use) => [keyOf(side, use.slug), use])),
    slugOf: (key) => slugs.get(key),
  };
}

function byId(artifacts: readonly MergeArtifact[]): Map<string, MergeArtifact> {
  return new Map(artifacts.map((artifact) => [artifact.artifact, artifact]));
}
