import type { Triple } from "./align-rows.ts";
import { mergeOrder, type MergedList } from "./merge-list.ts";

/** Orders what is kept as the lists of the base and of both sides have it. */
export function orderTriples<Row>(
  triples: readonly Triple<Row>[],
  lists: { readonly [Of in keyof Triple<Row>]: readonly Row[] },
  kept: ReadonlySet<Triple<Row>>,
): MergedList<Triple<Row>> {
  const listOf = (side: keyof Triple<Row>) => {
    const ofRow = new Map(triples.map((triple) => [triple[side], triple]));
    return lists[side].flatMap((row) => ofRow.get(row) ?? []);
  };
  return mergeOrder(listOf("base"), listOf("winner"), listOf("loser"), kept);
}
