import { numberedName } from "../../manifest/numbered-name.ts";
import { nameKey } from "../../schema/text.ts";
import { alignRows, type Aligned, type Identity, type Triple } from "./align-rows.ts";
import { claimNames } from "./claim-names.ts";
import { textMerger, mergeValue, stays, type Report } from "./merge-fields.ts";
import { mergeList, sameList } from "./merge-list.ts";
import { orderTriples } from "./order-triples.ts";
import { memberKey, type MergeGroup, type MergeMember } from "./mergeable-rows.ts";

/** A group that both sides together come to, and what it is on each. */
export interface GroupOutcome {
  readonly triple: Triple<MergeGroup>;
  readonly group: Omit<MergeGroup, "id">;
}

const FIELDS = ["name", "description", "color", "icon"] as const;
const NUMBER = /(?: \(\d+\))+$/;

const identity: Identity<MergeGroup> = {
  key: (group) => nameKey(group.name),
  content: (group) => JSON.stringify(keysOf(group)),
  text: (group) => JSON.stringify([FIELDS.map((field) => group[field]), keysOf(group)]),
  traces: [
    (group) => (group.members.length === 0 ? null : JSON.stringify(keysOf(group).toSorted())),
    (group, position) => {
      const { description, color, icon } = group;
      return JSON.stringify([position, description, color, icon, keysOf(group)]);
    },
  ],
  numbered: (group) => JSON.stringify([nameKey(group.name.replace(NUMBER, "")), keysOf(group)]),
};

function keysOf({ members }: MergeGroup): string[] {
  return members.map(memberKey);
}

function sameGroup(a: MergeGroup, b: MergeGroup): boolean {
  return FIELDS.every((field) => a[field] === b[field]) && sameList(keysOf(a), keysOf(b));
}

/** Merges groups, in order; of two that end up with one name the second gets a number. */
export function mergeGroups(
  lists: { readonly [Of in keyof Triple<MergeGroup>]: readonly MergeGroup[] },
  known: readonly ("winner" | "loser")[],
  report: Report,
): GroupOutcome[] {
  const triples = alignRows(identity, lists, known);
  const kept = new Map<Triple<MergeGroup>, Omit<MergeGroup, "id">>();
  for (const triple of triples) {
    const group = mergeGroup(triple, report);
    if (group !== null) kept.set(triple, group);
  }
  const { items, clash } = orderTriples(triples, lists, new Set(kept.keys()));
  if (clash) {
    const names = (groups: readonly MergeGroup[]) => groups.map((group) => group.name).join(", ");
    const [winner, loser] = [names(lists.winner), names(lists.loser)];
    report({ kind: "group", name: "", field: "order", kept: winner, lost: loser });
  }
  const outcomes = items.flatMap((triple) => {
    const row = kept.get(triple);
    return row === undefined ? [] : [{ triple, row }];
  });
  const names = claimNames<Omit<MergeGroup, "id">>(
    outcomes,
    lists.base,
    (group) => nameKey(group.name),
    (group, isTaken) => numberedName(group.name, (name) => isTaken(nameKey(name))),
    nameKey,
  );
  for (const [group, name] of names) {
    report({ kind: "group", name, field: "name", kept: name, lost: group.name });
  }
  return outcomes.map(({ triple, row }) => {
    return { triple, group: { ...row, name: names.get(row) ?? row.name } };
  });
}

function mergeGroup(triple: Aligned<MergeGroup>, report: Report): Omit<MergeGroup, "id"> | null {
  const { base, left, other } = triple;
  const row = { kind: "group", name: left.name } as const;
  if (!stays(triple, sameGroup, row, report)) return null;
  const text = textMerger<(typeof FIELDS)[number]>(triple, row, report);
  return {
    name: text("name"),
    description: text("description"),
    color: text("color"),
    icon: text("icon"),
    members: mergeMembers(base?.members ?? [], left.members, other.members, (kept, lost) =>
      report({ ...row, field: "order", kept, lost }),
    ),
  };
}

function mergeMembers(
  base: readonly MergeMember[],
  winner: readonly MergeMember[],
  loser: readonly MergeMember[],
  clash: (kept: string, lost: string) => void,
): MergeMember[] {
  const [ofBase, ofWinner, ofLoser] = [byKey(base), byKey(winner), byKey(loser)];
  const merged = mergeList([...ofBase.keys()], [...ofWinner.keys()], [...ofLoser.keys()]);
  const text = (members: readonly MergeMember[]) => members.map(({ ref }) => ref).join(", ");
  if (merged.clash) clash(text(winner), text(loser));
  return merged.items.flatMap((key) => {
    const left = ofWinner.get(key) ?? ofLoser.get(key);
    if (left === undefined) return [];
    const other = ofLoser.get(key) ?? left;
    // How a member is written is no difference that a person needs to hear of.
    const ref = mergeValue(ofBase.get(key)?.ref, left.ref, other.ref, () => {});
    return [{ ref, artifact: left.artifact }];
  });
}

function byKey(members: readonly MergeMember[]): Map<string, MergeMember> {
  return new Map(
    members
      .toReversed()
      .map((member) => [memberKey(member), member] as const)
      .toReversed(),
  );
}
