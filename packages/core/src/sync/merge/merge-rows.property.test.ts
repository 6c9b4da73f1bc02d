import fc from "fast-check";
import { expect, test } from "vitest";
import { fuzz, PATIENCE, RUNS } from "../../testing/fuzz.ts";
import { nameKey } from "../../schema/text.ts";
import { mergeRows } from "./merge-rows.ts";
import {
  memberKey,
  type MergedRows,
  type MergeRows,
  type MergeSide,
  type Origin,
} from "./mergeable-rows.ts";
import { asFile, generatedSides, type Sides } from "./testing/generated-sides.ts";

const preferred = ["ours", "theirs"] as const;

/** Tries sides that have the base's ids, and such as a cache and a file are. */
function forAll(check: (sides: Sides) => void): void {
  const asFiles = generatedSides.map((sides) => ({ ...sides, theirs: asFile(sides.theirs) }));
  fc.assert(fc.property(fc.oneof(generatedSides, asFiles), check), fuzz(3 * RUNS));
}

/** What rows say, without ids; artifacts have no order. */
function contentOf(rows: MergeRows | MergedRows) {
  const { groups, tags, artifacts } = asFile(rows);
  return { groups, tags, artifacts: artifacts.toSorted(byText) };
}

/** The same without any order. */
function unordered(rows: MergeRows | MergedRows) {
  const { groups, tags, artifacts } = asFile(rows);
  return {
    groups: groups
      .map((group) => ({ ...group, members: group.members.map(memberKey).toSorted() }))
      .toSorted(byText),
    tags: tags.toSorted(byText),
    artifacts: artifacts
      .map((row) => ({ ...row, tags: row.tags.map((use) => use.slug).toSorted() }))
      .toSorted(byText),
  };
}

function byText(a: unknown, b: unknown): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : Number(one > other);
}

test(
  "what one side alone changed is that side's, without a conflict",
  () => {
    forAll(({ base, ours, theirs }) => {
      const unchanged = { ...base, hasIdsOfBase: true };
      for (const prefer of preferred) {
        for (const same of [unchanged, asFile(base)]) {
          expect(contentOf(mergeRows(base, ours, same, prefer).merged)).toEqual(contentOf(ours));
          expect(contentOf(mergeRows(base, same, theirs, prefer).merged)).toEqual(
            contentOf(theirs),
          );
        }
      }
    });
  },
  PATIENCE,
);

test(
  "what both sides changed alike is theirs, without a conflict",
  () => {
    forAll(({ base, ours }) => {
      for (const prefer of preferred) {
        const { merged, conflicts } = mergeRows(base, ours, asFile(ours), prefer);
        expect(contentOf(merged)).toEqual(contentOf(ours));
        expect(conflicts).toEqual([]);
      }
    });
  },
  PATIENCE,
);

test(
  "whichever side is called ours, the same comes out",
  () => {
    forAll(({ base, ours, theirs }) => {
      const one = mergeRows(base, ours, theirs, "ours");
      const other = mergeRows(base, theirs, ours, "theirs");
      expect(contentOf(one.merged)).toEqual(contentOf(other.merged));
      expect(one.conflicts).toEqual(other.conflicts);
    });
  },
  PATIENCE,
);

test(
  "without a conflict nothing hangs on whom one prefers",
  () => {
    forAll(({ base, ours, theirs }) => {
      const one = mergeRows(base, ours, theirs, "ours");
      const other = mergeRows(base, ours, theirs, "theirs");
      if (one.conflicts.length > 0 || other.conflicts.length > 0) return;
      expect(unordered(one.merged)).toEqual(unordered(other.merged));
    });
  },
  PATIENCE,
);

test(
  "no two groups have one name, no two tags one slug, no list an item twice",
  () => {
    forAll((sides) => {
      for (const prefer of preferred) {
        const { groups, tags, artifacts } = mergeRows(
          sides.base,
          sides.ours,
          sides.theirs,
          prefer,
        ).merged;
        const lists = [
          groups.map((group) => nameKey(group.name)),
          tags.map((tag) => tag.slug),
          artifacts.map((row) => row.artifact),
          ...groups.map((group) => group.members.map(memberKey)),
          ...artifacts.map((row) => row.tags.map((use) => use.slug)),
        ];
        for (const list of lists) expect(new Set(list).size).toBe(list.length);
      }
    });
  },
  PATIENCE,
);

/** Merged rows with the ids that tell which they are: the base's where it has them. */
function withIds(base: MergeRows, { groups, tags, artifacts }: MergedRows): MergeSide {
  const known = new Set<string | number | null>([...base.groups, ...base.tags].map(({ id }) => id));
  function idOf<Id extends string | number>({ ours, theirs }: Origin<Id>): Id | null {
    return [ours, theirs].find((id) => known.has(id)) ?? ours ?? theirs;
  }
  return {
    groups: groups.map((group) => ({ ...group, id: idOf(group) })),
    tags: tags.map((tag) => ({ ...tag, id: idOf(tag) })),
    artifacts,
    hasIdsOfBase: true,
  };
}

test(
  "what either side merges into the outcome again is in it already, so that two clones come to one content",
  () => {
    fc.assert(
      fc.property(generatedSides, ({ base, ours, theirs }) => {
        for (const prefer of preferred) {
          const merged = withIds(base, mergeRows(base, ours, theirs, prefer).merged);
          for (const side of [ours, theirs]) {
            const again = mergeRows(base, side, merged, "theirs").merged;
            expect(contentOf(again)).toEqual(contentOf(merged));
          }
        }
      }),
      fuzz(3 * RUNS),
    );
  },
  PATIENCE,
);

test(
  "what one side added is there, and what one side deleted and the other left alone is not",
  () => {
    const keysOf = (rows: MergeRows) => ({
      groups: new Map(rows.groups.map((row) => [row.id, row])),
      tags: new Map(rows.tags.map((row) => [row.id, row])),
      artifacts: new Map(rows.artifacts.map((row) => [row.artifact, row])),
    });
    fc.assert(
      fc.property(generatedSides, ({ base, ours, theirs }) => {
        const { merged } = mergeRows(base, ours, theirs, "ours");
        // Made anew under its name, if with a number, it was not deleted.
        const plain = (name: string) => nameKey(name.replace(/ \(\d+\)$/, ""));
        const of = { base: keysOf(base), ours: keysOf(ours), theirs: keysOf(theirs) };
        const groups = new Set(merged.groups.flatMap((row) => [row.ours, row.theirs]));
        const tags = new Set(merged.tags.flatMap((row) => [row.ours, row.theirs]));
        const artifacts = new Set(merged.artifacts.map((row) => row.artifact));
        for (const side of ["ours", "theirs"] as const) {
          const other = side === "ours" ? "theirs" : "ours";
          for (const id of of[side].groups.keys()) {
            if (!of.base.groups.has(id)) expect(groups).toContain(id);
          }
          for (const id of of[side].tags.keys()) {
            if (!of.base.tags.has(id)) expect(tags).toContain(id);
          }
          for (const id of of[side].artifacts.keys()) {
            if (!of.base.artifacts.has(id)) expect(artifacts).toContain(id);
          }
          for (const [id, row] of of.base.groups) {
            const again = [...of[side].groups.values()].some(
              (one) => plain(one.name) === plain(row.name),
            );
            if (of[side].groups.has(id) || again) continue;
            const left = of[other].groups.get(id);
            if (JSON.stringify(left) === JSON.stringify(row)) expect(groups).not.toContain(id);
          }
          for (const [id, row] of of.base.tags) {
            const again = [...of[side].tags.values()].some(
              (one) => one.slug === row.slug || nameKey(one.name) === nameKey(row.name),
            );
            if (of[side].tags.has(id) || again) continue;
            const left = of[other].tags.get(id);
            if (JSON.stringify(left) === JSON.stringify(row)) expect(tags).not.toContain(id);
          }
        }
      }),
      fuzz(3 * RUNS),
    );
  },
  PATIENCE,
);

test(
  "of a group's members the ones that one side added are there, and those that one side removed are not",
  () => {
    fc.assert(
      fc.property(generatedSides, ({ base, ours, theirs }) => {
        const membersOf = (rows: MergeRows, id: string | null) =>
          rows.groups.find((group) => group.id === id)?.members.map(memberKey);
        for (const group of mergeRows(base, ours, theirs, "ours").merged.groups) {
          if (group.ours === null || group.ours !== group.theirs) continue;
          const before = new Set(membersOf(base, group.ours));
          const here = new Set(membersOf(ours, group.ours));
          const there = new Set(membersOf(theirs, group.ours));
          const expected = [...here, ...there].filter(
            (key) => !before.has(key) || (here.has(key) && there.has(key)),
          );
          expect(group.members.map(memberKey).toSorted()).toEqual(
            [...new Set(expected)].toSorted(),
          );
        }
      }),
      fuzz(3 * RUNS),
    );
  },
  PATIENCE,
);
