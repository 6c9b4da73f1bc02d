/** A list merged with another, and whether both reordered it, each otherwise. */
export interface MergedList<Item> {
  readonly items: Item[];
  readonly clash: boolean;
}

/**
 * Merges two lists, in which each item stands once, as sets against the base,
 * `(B∩W∩L) ∪ (W∖B) ∪ (L∖B)`; the order is {@link mergeOrder}'s.
 */
export function mergeList<Item>(
  base: readonly Item[],
  winner: readonly Item[],
  loser: readonly Item[],
): MergedList<Item> {
  const inBase = new Set(base);
  const inWinner = new Set(winner);
  const inLoser = new Set(loser);
  const kept = [...winner, ...loser].filter(
    (item) => !inBase.has(item) || (inWinner.has(item) && inLoser.has(item)),
  );
  return mergeOrder(base, winner, loser, new Set(kept));
}

/**
 * Orders the items that are kept: as the side has them that reordered what it has of the base, the
 * winner where both did or neither; what only the other side has goes behind what stands before it there,
 * or last if it stands last there.
 */
export function mergeOrder<Item>(
  base: readonly Item[],
  winner: readonly Item[],
  loser: readonly Item[],
  kept: ReadonlySet<Item>,
): MergedList<Item> {
  const inWinner = new Set(winner);
  const inLoser = new Set(loser);
  const ofBase = new Set(base.filter((item) => kept.has(item)));
  /** Whether a side has what is kept of the base in another order; what the other deleted counts, too. */
  const isReordered = (list: readonly Item[], inList: ReadonlySet<Item>) =>
    !sameList(
      list.filter((item) => ofBase.has(item)),
      base.filter((item) => ofBase.has(item) && inList.has(item)),
    );
  const byWinner = isReordered(winner, inWinner);
  const byLoser = isReordered(loser, inLoser);
  const common = (list: readonly Item[]) =>
    list.filter((item) => ofBase.has(item) && inWinner.has(item) && inLoser.has(item));
  const [lead, other] = byLoser && !byWinner ? [loser, winner] : [winner, loser];
  return {
    items: weave(
      lead.filter((item) => kept.has(item)),
      other.filter((item) => kept.has(item)),
    ),
    clash: byWinner && byLoser && !sameList(common(winner), common(loser)),
  };
}

/** Whether two lists hold the same in the same order. */
export function sameList<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/**
 * The leading list, with each run of what only the other has behind the item that it follows there;
 * what stands last there stands last.
 */
function weave<Item>(lead: readonly Item[], other: readonly Item[]): Item[] {
  const inLead = new Set(lead);
  const inOther = new Set(other);
  const first: Item[] = [];
  const runs = new Map<Item, Item[]>();
  let run = first;
  for (const item of other) {
    if (inLead.has(item)) {
      run = [];
      runs.set(item, run);
    } else {
      run.push(item);
    }
  }
  const last = run.splice(0);
  const woven: Item[] = [];
  let waiting = first;
  for (const item of lead) {
    if (inOther.has(item)) {
      woven.push(...waiting);
      waiting = runs.get(item) ?? [];
    }
    woven.push(item);
  }
  return [...woven, ...waiting, ...last];
}
