import type { Triple } from "./align-rows.ts";

/**
 * Gives each row a name of its own. Of two that bear one, that keeps it which had it in the base, then
 * which has it on the winning side, then which stands first; the others get what `another` makes.
 * @param base all its rows
 * @param keyOf of a row's name: rows of one key bear one name
 * @param another makes a name that is not taken
 * @param keyOfName of a name that `another` made
 * @returns the names of the rows that get another one
 */
export function claimNames<Row>(
  rows: readonly { readonly row: Row; readonly triple: Triple<Row> }[],
  base: readonly Row[],
  keyOf: (row: Row) => string,
  another: (row: Row, isTaken: (key: string) => boolean) => string,
  keyOfName: (name: string) => string,
): Map<Row, string> {
  const taken = new Set<string>();
  const rank = ({ row, triple }: (typeof rows)[number]) => {
    const key = keyOf(row);
    if (triple.base !== null && keyOf(triple.base) === key) return 0;
    return triple.winner !== null && keyOf(triple.winner) === key ? 1 : 2;
  };
  const second = rows
    .toSorted((a, b) => rank(a) - rank(b))
    .filter(({ row }) => {
      const isSecond = taken.has(keyOf(row));
      taken.add(keyOf(row));
      return isSecond;
    });
  const names = new Map<Row, string>();
  // Under a name that the base has it would look like that row to the next merge.
  const ofBase = new Set(base.map(keyOf));
  for (const { row } of second) {
    const name = another(row, (key) => taken.has(key) || ofBase.has(key));
    taken.add(keyOfName(name));
    names.set(row, name);
  }
  return names;
}
