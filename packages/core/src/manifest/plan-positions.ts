/** A group as the manifest will hold it: its position there (null: none, or a new row). */
export interface PlannedGroup {
  readonly position: number | null;
  /** Where its row stands among the groups' rows; new rows come behind all others. */
  readonly fileIndex: number;
  readonly isNew: boolean;
}

/** For each group the position to write, or null to leave its row alone. */
type Plan = (number | null)[];

/**
 * Which positions to write so that sorting by position, then file order, gives the order of the
 * list. Order counts, not the number: of the ways to get there the one that changes fewest rows is
 * taken.
 * @param groups in the order that they are to have
 * @returns for each the position to write, or null to leave its row alone
 */
export function planPositions(groups: readonly PlannedGroup[]): Plan {
  const changes = (plan: Plan) => groups.filter((group, at) => !group.isNew && plan[at] !== null);
  const renumbered = assign(groups, [...groups.keys()]);
  // What the first two find is wrong where a gap is too small or a number too large.
  return [fillGaps(groups), permute(groups), renumbered]
    .filter((plan) => isInOrder(groups, plan))
    .reduce((best, plan) => (changes(plan).length < changes(best).length ? plan : best));
}

/** Keeps the longest run that is in order, and numbers the others into its gaps. */
function fillGaps(groups: readonly PlannedGroup[]): Plan {
  const kept = longestRun(groups);
  let last = -1;
  return groups.map((group) => {
    last = kept.has(group) ? Math.max(last, orderOf(group)) : last + 1;
    return kept.has(group) ? null : last;
  });
}

/** Deals the positions that are there anew, so that a list that counts from 1 goes on doing so. */
function permute(groups: readonly PlannedGroup[]): Plan {
  const old = groups.filter((group) => !group.isNew).map(orderOf);
  let last = Number.NEGATIVE_INFINITY;
  const slots = old
    .toSorted((a, b) => a - b)
    .map((order) => {
      last = Math.max(last + 1, order);
      return last;
    });
  const more = groups.slice(slots.length).map((_, index) => Math.max(last, -1) + 1 + index);
  return assign(groups, [...slots, ...more]);
}

/** Gives each group in turn one of the positions, which rise. */
function assign(groups: readonly PlannedGroup[], positions: readonly number[]): Plan {
  return groups.map((group, index) => {
    const position = positions[index] ?? index;
    return !group.isNew && orderOf(group) === position ? null : position;
  });
}

function isInOrder(groups: readonly PlannedGroup[], plan: Plan): boolean {
  const planned = groups.map((group, index) => ({
    ...group,
    position: plan[index] ?? group.position,
  }));
  return planned.every((group, index) => {
    const before = planned[index - 1];
    return before === undefined || isBefore(before, group);
  });
}

/** A row without a position counts as if it had its place in the file for one. */
function orderOf(group: PlannedGroup): number {
  return group.position ?? group.fileIndex;
}

function isBefore(a: PlannedGroup, b: PlannedGroup): boolean {
  return orderOf(a) < orderOf(b) || (orderOf(a) === orderOf(b) && a.fileIndex < b.fileIndex);
}

interface Run {
  readonly group: PlannedGroup;
  readonly before: Run | undefined;
}

/** A longest run of old rows whose order is right already (patience sorting). */
function longestRun(groups: readonly PlannedGroup[]): Set<PlannedGroup> {
  /** Of the runs of each length the one that ends lowest. */
  const runs: Run[] = [];
  for (const group of groups) {
    if (group.isNew) continue;
    const under = runs.findLastIndex((run) => isBefore(run.group, group));
    runs[under + 1] = { group, before: runs[under] };
  }
  const kept = new Set<PlannedGroup>();
  for (let run = runs.at(-1); run !== undefined; run = run.before) kept.add(run.group);
  return kept;
}
