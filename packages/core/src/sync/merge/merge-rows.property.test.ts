import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
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

const SHORTEST = 3 * RUNS;
const CASES = fuzz(SHORTEST);
let tried = 0;

afterAll(() => {
  if (CASES.numRuns <= SHORTEST) return;
  process.stdout.write(`merge: ${tried} cases tried, ${CASES.numRuns} of a property\n`);
});

const preferred = ["ours", "theirs"] as const;

/** Sides that have the base's ids, and such as a cache and a file are. */
const anySides = fc.oneof(
  generatedSides,
  generatedSides.map((sides) => ({ ...sides, theirs: asFile(sides.theirs) })),
);

/** Tries a property on as many sides as {@link CASES} says. */
function forAll(check: (sides: Sides) => void, sides = anySides): void {
  const property = fc.property(sides, (drawn) => {
    tried += 1;
    check(drawn);
  });
  fc.assert(property, CASES);
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
    forAll(({ base, ours, theirs }) => {
      for (const prefer of preferred) {
        const merged = withIds(base, mergeRows(base, ours, theirs, prefer).merged);
        for (const side of [ours, theirs]) {
          const again = mergeRows(base, side, merged, "theirs").merged;
          expect(contentOf(again)).toEqual(contentOf(merged));
        }
      }
    }, generatedSides);
  },
  PATIENCE,
);

/** The keys of rows, and the rows by them. */
function byKey(rows: MergeRows) {
  return {
    groups: new Map<unknown, object>(rows.groups.map((row) => [row.id, row])),
    tags: new Map<unknown, object>(rows.tags.map((row) => [row.id, row])),
    artifacts: new Map<unknown, object>(rows.artifacts.map((row) => [row.artifact, row])),
  };
}

/** Whether a side has a row of the base under another id: made anew, if with a number, it was not deleted. */
function isMadeAnew(side: MergeRows, kind: "groups" | "tags", id: unknown, base: MergeRows) {
  const plain = (name: string) => nameKey(name.replace(/ \(\d+\)$/, ""));
  if (kind === "groups") {
    const { name = "" } = base.groups.find((group) => group.id === id) ?? {};
    return side.groups.some((group) => plain(group.name) === plain(name));
  }
  const { name = "", slug } = base.tags.find((tag) => tag.id === id) ?? {};
  return side.tags.some((tag) => tag.slug === slug || nameKey(tag.name) === nameKey(name));
}

/** Whether a row is one of the base that its side had deleted: made anew under its name, it is no new one. */
function isAgain(kind: keyof MergeRows, id: unknown, side: MergeRows, base: MergeRows): boolean {
  const identity = (row: { name: string; slug?: string }) => row.slug ?? nameKey(row.name);
  if (kind === "artifacts") return false;
  const row = side[kind].find((one) => one.id === id);
  return base[kind].some(
    (one) =>
      row !== undefined &&
      identity(one) === identity(row) &&
      side[kind].every((other) => other.id !== one.id),
  );
}

test(
  "what one side added is there, and what one side deleted and the other left alone is not",
  () => {
    forAll((sides) => {
      const { base } = sides;
      const { merged } = mergeRows(base, sides.ours, sides.theirs, "ours");
      const of = { base: byKey(base), ours: byKey(sides.ours), theirs: byKey(sides.theirs) };
      const left = {
        groups: new Set<unknown>(merged.groups.flatMap((row) => [row.ours, row.theirs])),
        tags: new Set<unknown>(merged.tags.flatMap((row) => [row.ours, row.theirs])),
        artifacts: new Set<unknown>(merged.artifacts.map((row) => row.artifact)),
      };
      for (const [side, other] of [
        ["ours", "theirs"],
        ["theirs", "ours"],
      ] as const) {
        for (const kind of ["groups", "tags", "artifacts"] as const) {
          const added = [...of[side][kind].keys()].filter((id) => !of.base[kind].has(id));
          const isThere = (id: unknown) =>
            left[kind].has(id) || isAgain(kind, id, sides[side], base);
          expect(added.filter((id) => !isThere(id))).toEqual([]);
        }
        for (const kind of ["groups", "tags"] as const) {
          const deleted = [...of.base[kind]].filter(
            ([id, row]) =>
              !of[side][kind].has(id) &&
              !isMadeAnew(sides[side], kind, id, base) &&
              JSON.stringify(of[other][kind].get(id)) === JSON.stringify(row),
          );
          expect(deleted.filter(([id]) => left[kind].has(id))).toEqual([]);
        }
      }
    }, generatedSides);
  },
  PATIENCE,
);

test(
  "of a group's members the ones that one side added are there, and those that one side removed are not",
  () => {
    forAll(({ base, ours, theirs }) => {
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
        expect(group.members.map(memberKey).toSorted()).toEqual([...new Set(expected)].toSorted());
      }
    }, generatedSides);
  },
  PATIENCE,
);
