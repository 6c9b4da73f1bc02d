import type { Conflict } from "../../schema/sync.ts";
import type { Aligned } from "./align-rows.ts";

/** Takes note of what both sides changed, each otherwise. */
export type Report = (conflict: Conflict) => void;

/**
 * Merges one value: the side's that changed it, the winner's where both did.
 * @param base undefined where the base has no such row
 * @param clash is told where both changed it, each otherwise
 */
export function mergeValue<Value>(
  base: Value | undefined,
  winner: Value,
  loser: Value,
  clash: () => void,
): Value {
  if (winner === loser || loser === base) return winner;
  if (winner === base) return loser;
  clash();
  return winner;
}

/**
 * Makes the function that merges one field of a row.
 * @param row says which it is in the reports
 */
export function textMerger<Field extends string>(
  { base, left, other }: Aligned<Readonly<Record<Field, string>>>,
  row: Pick<Conflict, "kind" | "name">,
  report: Report,
): (field: Field) => string {
  return (field) => {
    const [kept, lost] = [left[field], other[field]];
    return mergeValue(base?.[field], kept, lost, () => report({ ...row, field, kept, lost }));
  };
}

/**
 * Whether a row is in the merge: not where one side deleted it and the other left it as it was. One
 * that the other side changed stays, and that is reported.
 * @param same whether two rows hold the same
 */
export function stays<Row>(
  { base, winner, loser, left }: Aligned<Row>,
  same: (a: Row, b: Row) => boolean,
  row: Pick<Conflict, "kind" | "name">,
  report: Report,
): boolean {
  if (base === null || (winner !== null && loser !== null)) return true;
  if (same(base, left)) return false;
  report({ ...row, field: "row", kept: "changed", lost: "deleted" });
  return true;
}
