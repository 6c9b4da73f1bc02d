import type { Conflict } from "../../schema/sync.ts";
import { mergeArtifacts } from "./merge-artifacts.ts";
import { mergeGroups } from "./merge-groups.ts";
import { mergeTags } from "./merge-tags.ts";
import type { MergedRows, MergeRows, MergeSide } from "./mergeable-rows.ts";

/** What two sides come to, and where both changed the same, each otherwise. */
export interface Merge {
  readonly merged: MergedRows;
  readonly conflicts: readonly Conflict[];
}

/**
 * Merges two sides that both come from a base, field by field, by the rules of DESIGN section 5: what
 * one side changed is that side's; what both changed, each otherwise, is the preferred side's, and the
 * other's is listed. Members and tags merge as sets; a row that one side deleted and the other changed
 * stays; renamed rows are recognised.
 * @param prefer whose value is taken where both changed it
 */
export function mergeRows(
  base: MergeRows,
  ours: MergeSide,
  theirs: MergeSide,
  prefer: "ours" | "theirs",
): Merge {
  const [winner, loser] = prefer === "ours" ? [ours, theirs] : [theirs, ours];
  const sides = { winner, loser };
  const known = (["winner", "loser"] as const).filter((side) => sides[side].hasIdsOfBase);
  const conflicts: Conflict[] = [];
  const report = (conflict: Conflict) => void conflicts.push(conflict);
  const listsOf = <Section extends keyof MergeRows>(section: Section) => ({
    base: base[section],
    winner: winner[section],
    loser: loser[section],
  });

  function originOf<Id>(triple: {
    base: { id: Id | null } | null;
    winner: { id: Id | null } | null;
    loser: { id: Id | null } | null;
  }) {
    const [ofWinner, ofLoser] = [triple.winner?.id ?? null, triple.loser?.id ?? null];
    const ofBase = triple.base?.id ?? null;
    return prefer === "ours"
      ? { base: ofBase, ours: ofWinner, theirs: ofLoser }
      : { base: ofBase, ours: ofLoser, theirs: ofWinner };
  }

  const tags = mergeTags(listsOf("tags"), known, report);
  const groups = mergeGroups(listsOf("groups"), known, report);
  const artifacts = mergeArtifacts(listsOf("artifacts"), tags, report);
  return {
    merged: {
      groups: groups.map(({ triple, group }) => ({ ...group, ...originOf(triple) })),
      tags: tags.flatMap(({ triple, tag }) =>
        tag === null ? [] : [{ ...tag, ...originOf(triple) }],
      ),
      artifacts,
    },
    conflicts,
  };
}
