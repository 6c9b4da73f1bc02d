/** A group as the manifest will hold it: its position there (null: none, or a new row). */
export interface PlannedGroup {
  readonly position: number | null;
  /** Where its row stands among the groups' rows; new rows come behind all others. */
  readonly fileIndex: number;
  readonly isNew: boolean;
}

/**
 * Which positions to write so that sorting by position, then file order, gives the order of the
 * list. Order counts, not the number: as few rows as possible are changed.
 * @param groups in the order that they are to have
 * @returns for each the position to write, or null to leave its row alone
 */
export function planPositions(groups: readonly PlannedGroup[]): (number | null)[] {
  const numbered = groups.map((group, index) => (group.position === index ? null : index));
  const gaps = fillGaps(groups);
  if (gaps === null) return numbered;
  return changes(gaps, groups) <= changes(numbered, groups) ? gaps : numbered;
}

function changes(plan: readonly (number | null)[], groups: readonly PlannedGroup[]): number {
  return plan.filter((position, index) => position !== null && groups[index]?.isNew !== true)
    .length;
}

/** Keeps the longest run that is in order, and numbers the others into its gaps; null where one is too small. */
function fillGaps(groups: readonly PlannedGroup[]): (number | null)[] | null {
  const kept = longestIncreasing(groups);
  const plan: (number | null)[] = groups.map(() => null);
  let last = -1;
  groups.forEach((group, index) => {
    if (kept.has(index)) {
      last = Math.max(last, orderOf(group));
    } else {
      last += 1;
      plan[index] = last;
    }
  });
  return isInOrder(groups, plan) ? plan : null;
}

function isInOrder(groups: readonly PlannedGroup[], plan: readonly (number | null)[]): boolean {
  return groups.every((group, index) => {
    const before = groups[index - 1];
    if (before === undefined) return true;
    const a = plan[index - 1] ?? orderOf(before);
    const b = plan[index] ?? orderOf(group);
    return a < b || (a === b && before.fileIndex < group.fileIndex);
  });
}

/** A row without a position counts as if it had its place in the file for one. */
function orderOf(group: PlannedGroup): number {
  return group.position ?? group.fileIndex;
}

/** The indexes of a longest run of old rows whose order is right already (patience sorting). */
function longestIncreasing(groups: readonly PlannedGroup[]): Set<number> {
  const tails: number[] = [];
  const before = new Map<number, number | undefined>();
  groups.forEach((group, index) => {
    if (group.isNew) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const tail = groups[tails[middle] ?? 0];
      if (tail !== undefined && isBefore(tail, group)) low = middle + 1;
      else high = middle;
    }
    before.set(index, tails[low - 1]);
    tails[low] = index;
  });
  const run = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = before.get(at)) run.add(at);
  return run;
}

function isBefore(a: PlannedGroup, b: PlannedGroup): boolean {
  return orderOf(a) < orderOf(b) || (orderOf(a) === orderOf(b) && a.fileIndex < b.fileIndex);
}
