import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planPositions, type PlannedGroup } from "./plan-positions.ts";
import { fuzz, RUNS } from "../testing/fuzz.ts";

/** Old rows with these positions in the order of the list, in file order unless told. */
function rows(positions: readonly (number | null)[], files = positions.map((_, at) => at)) {
  return positions.map((position, at): PlannedGroup => {
    return { position, fileIndex: files[at] ?? at, isNew: false };
  });
}

const newRow = (fileIndex: number): PlannedGroup => ({ position: null, fileIndex, isNew: true });

function orderAfter(groups: readonly PlannedGroup[], plan: readonly (number | null)[]): number[] {
  return groups
    .map((group, at) => ({ at, ...group, order: plan[at] ?? group.position ?? group.fileIndex }))
    .toSorted((a, b) => a.order - b.order || a.fileIndex - b.fileIndex)
    .map(({ at }) => at);
}

function changesIn(groups: readonly PlannedGroup[], plan: readonly (number | null)[]): number {
  return groups.filter((group, at) => !group.isNew && plan[at] !== null).length;
}

/** What is wrong with the plan of some groups; none where it is right. */
function faults(groups: readonly PlannedGroup[]): string[] {
  const plan = planPositions(groups);
  const untouched = groups.map(() => null);
  const isSorted = (order: readonly number[]) => order.every((at, index) => at === index);
  const renumbered = groups.map((group, at) => (group.position === at ? null : at));
  const mayStay = isSorted(orderAfter(groups, untouched)) && !groups.some((group) => group.isNew);
  const found = {
    "wrong order": !isSorted(orderAfter(groups, plan)),
    "a new row without position": groups.some((group, at) => group.isNew && plan[at] === null),
    "changed for nothing": mayStay && changesIn(groups, plan) > 0,
    "more than by renumbering": changesIn(groups, plan) > changesIn(groups, renumbered),
    "no whole number": plan.some((position) => position !== null && !Number.isInteger(position)),
  };
  return Object.entries(found).flatMap(([fault, is]) =>
    is ? [`${fault}: ${JSON.stringify({ groups, plan })}`] : [],
  );
}

function* permutations(items: readonly number[]): Generator<number[]> {
  if (items.length === 0) yield [];
  for (const item of items) {
    for (const rest of permutations(items.filter((other) => other !== item))) yield [item, ...rest];
  }
}

function* tuples<T>(of: readonly T[], length: number): Generator<T[]> {
  if (length === 0) yield [];
  else for (const rest of tuples(of, length - 1)) for (const item of of) yield [item, ...rest];
}

/** Rows in every order, with every choice of positions, and every number of new ones. */
function* allGroups(
  files: readonly number[],
  choices: readonly (number | null)[],
): Generator<PlannedGroup[]> {
  for (const order of permutations(files)) {
    for (const positions of tuples(choices, files.length)) {
      for (let firstNew = 0; firstNew <= files.length; firstNew += 1) {
        const isNew = (file: number) => file >= firstNew;
        if (positions.some((position, at) => isNew(order[at] ?? 0) && position !== null)) continue;
        yield order.map((fileIndex, at) => ({
          position: positions[at] ?? null,
          fileIndex,
          isNew: isNew(fileIndex),
        }));
      }
    }
  }
}

describe("planPositions", () => {
  test("leaves gaps, doubles, missing positions and counting from 1 alone where the order is right", () => {
    expect(planPositions(rows([10, 20, 30]))).toEqual([null, null, null]);
    expect(planPositions(rows([0, 0, 0]))).toEqual([null, null, null]);
    expect(planPositions(rows([null, null]))).toEqual([null, null]);
    expect(planPositions(rows([1, 2, 3]))).toEqual([null, null, null]);
    expect(planPositions([])).toEqual([]);
  });

  test("moves one row into a gap", () => {
    expect(planPositions(rows([10, 30, 20], [0, 2, 1]))).toEqual([null, 11, null]);
    expect(planPositions(rows([30, 10, 20], [2, 0, 1]))).toEqual([0, null, null]);
    expect(planPositions(rows([2, 3, 2]))).toEqual([null, null, 4]);
  });

  test("goes on counting from 1 where no gap is left", () => {
    expect(planPositions(rows([1, 3, 2, 4], [0, 2, 1, 3]))).toEqual([null, 2, 3, null]);
    const from11 = rows([11, 13, 12, 14], [0, 2, 1, 3]);
    expect(planPositions([...from11, newRow(4)])).toEqual([null, 12, 13, null, 15]);
    const from1 = rows([1, 3, 2], [0, 2, 1]);
    expect(planPositions([...from1, newRow(3), newRow(4)])).toEqual([null, 2, 3, 4, 5]);
    const below = rows([-2, 0, -1], [0, 2, 1]);
    expect(planPositions([...below, newRow(3)])).toEqual([null, -1, 0, 1]);
  });

  test("does not count on from numbers too large to count on", () => {
    const large = 2 ** 53;
    expect(planPositions(rows([large, large, 7], [1, 0, 2]))).toEqual([0, 1, null]);
    expect(planPositions([...rows([large]), newRow(1)])).toEqual([null, large]);
    expect(planPositions([...rows([large]), newRow(1), newRow(2)])).toEqual([null, large, large]);
  });

  test("numbers a new row behind the last, and rows anew where it stands before them", () => {
    expect(planPositions([...rows([0, 1]), newRow(2)])).toEqual([null, null, 2]);
    expect(planPositions([newRow(2), ...rows([0, 1])])).toEqual([0, 1, 2]);
    expect(planPositions([newRow(0)])).toEqual([0]);
  });

  test("puts long lists in order", () => {
    const file = fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 40 });
    const position = fc.option(fc.integer({ min: -50, max: 200 }));
    fc.assert(
      fc.property(file, fc.infiniteStream(position), fc.nat({ max: 60 }), (files, stream, old) => {
        const groups = files.map((fileIndex) => {
          const isNew = fileIndex >= old;
          return { position: isNew ? null : (stream.next().value ?? null), fileIndex, isNew };
        });
        expect(faults(groups)).toEqual([]);
      }),
      fuzz(RUNS),
    );
  });

  test.each([
    [1, [null, -1, 0, 1, 2, 7]],
    [2, [null, -1, 0, 1, 2, 7]],
    [3, [null, -1, 0, 1, 2, 7]],
    [4, [null, -1, 0, 1, 2, 7]],
    [5, [null, 0, 1, 3]],
  ])("puts any %i rows in order, with no more changes than renumbering", (n, choices) => {
    const files = Array.from({ length: n }, (_, at) => at);
    let wrong: string[] = [];
    for (const groups of allGroups(files, choices)) {
      wrong = faults(groups);
      if (wrong.length > 0) break;
    }
    expect(wrong).toEqual([]);
  });
});
