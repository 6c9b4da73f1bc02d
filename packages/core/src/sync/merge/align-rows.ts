import { sameList } from "./merge-list.ts";

/** What one row is in the base and on both sides; null where it is not there. */
export interface Triple<Row> {
  readonly base: Row | null;
  readonly winner: Row | null;
  readonly loser: Row | null;
}

/** A row that at least one side has. */
export interface Aligned<Row> extends Triple<Row> {
  /** The winner's row, or else the loser's. */
  readonly left: Row;
  /** The loser's row, or else the winner's: of a row that one side alone has, both are that side's. */
  readonly other: Row;
}

/** A text that two rows share if they are one; null where a row has none. */
export type Mark<Row> = (row: Row, position: number) => string | null;

/** How the rows of a section are told from one another. */
export interface Identity<Row> {
  /** The name under which a row is unique on its side. */
  readonly key: (row: Row) => string;
  /** What a row is filled with: what two sides added alike is one. */
  readonly content: (row: Row) => string;
  /** All that a row says. */
  readonly text: (row: Row) => string;
  /** By what a renamed row is recognised, the surest first. */
  readonly traces: readonly Mark<Row>[];
  /** By what a row is known that the other side has under a number, since its name was taken there. */
  readonly numbered: (row: Row) => string;
}

type Side = "winner" | "loser";
type Open<Row> = { base: Row | null; winner: Row | null; loser: Row | null };
type Lists<Row> = { readonly [Of in Side | "base"]: readonly Row[] };

/**
 * Says of the rows of the base and of two sides which are one. A row is the base's by its id, where
 * its side has the base's, then by its name; what is left is the other side's row of that name, or,
 * on a side without ids, one that was renamed.
 * @param known the sides that have the base's ids
 */
export function alignRows<Row extends { readonly id: string | number | null }>(
  identity: Identity<Row>,
  lists: Lists<Row>,
  known: readonly Side[],
): Aligned<Row>[] {
  const { key, content, text, traces, numbered } = identity;
  const places = {
    base: placesOf(lists.base),
    winner: placesOf(lists.winner),
    loser: placesOf(lists.loser),
  };
  let triples: Open<Row>[] = [
    ...lists.base.map((base) => ({ base, winner: null, loser: null })),
    ...lists.winner.map((winner) => ({ base: null, winner, loser: null })),
    ...lists.loser.map((loser) => ({ base: null, winner: null, loser })),
  ];

  /** Makes one of two triples that share a mark, the one by its row of `a`, the other by that of `b`. */
  function unite(
    a: Side | "base",
    b: Side,
    mark: Mark<Row>,
    may: (one: Open<Row>, other: Open<Row>) => boolean = fit,
    isOpen: (triple: Open<Row>) => boolean = () => true,
  ): void {
    const markOf = (side: Side | "base", row: Row) => mark(row, places[side].get(row) ?? 0);
    const open = new Map<string, Open<Row>>();
    for (const triple of triples.filter(isOpen)) {
      const row = triple[a];
      const shared = row === null || triple[b] !== null ? null : markOf(a, row);
      if (shared !== null && !open.has(shared)) open.set(shared, triple);
    }
    const joined = new Set<Open<Row>>();
    for (const triple of triples.filter(isOpen)) {
      const row = triple[b];
      const shared = row === null || triple[a] !== null ? null : markOf(b, row);
      const other = shared === null ? undefined : open.get(shared);
      if (shared === null || other === undefined || !may(triple, other)) continue;
      other.base ??= triple.base;
      other.winner ??= triple.winner;
      other.loser ??= triple.loser;
      joined.add(triple);
      open.delete(shared);
    }
    triples = triples.filter((triple) => !joined.has(triple));
  }

  const textsOf = (rows: readonly Row[]) => rows.map(text);
  if (sameList(textsOf(lists.winner), textsOf(lists.loser))) {
    unite("winner", "loser", (_, position) => String(position));
  }
  const unknown = (["winner", "loser"] as const).filter((side) => !known.includes(side));
  /** Whether one of two rows is of the base, and the other new where a rename cannot be known. */
  const areRenamed = (a: Open<Row>, b: Open<Row>) =>
    fit(a, b) &&
    (a.base === null) !== (b.base === null) &&
    unknown.some((side) => (a.base === null ? a : b)[side] !== null);
  const idOf: Mark<Row> = ({ id }) => (id === null ? null : String(id));
  for (const side of known) unite("base", side, idOf);
  for (const side of ["winner", "loser"] as const) unite("base", side, key);
  unite("winner", "loser", (row) => JSON.stringify([key(row), content(row)]));
  /** Whether a side left the base's row its name, so that it is no row whose name was taken. */
  const hasOldName = ({ base, winner, loser }: Open<Row>) => {
    const row = winner ?? loser;
    return base !== null && row !== null && key(base) === key(row);
  };
  unite("winner", "loser", numbered, fit, (triple) => !hasOldName(triple));
  for (const trace of traces) {
    for (const side of unknown) unite("base", side, trace);
  }
  unite("winner", "loser", key);
  // Renamed there, and changed on both sides alike.
  for (const trace of traces) unite("winner", "loser", trace, areRenamed);
  return triples.flatMap((triple) => {
    const left = triple.winner ?? triple.loser;
    return left === null ? [] : [{ ...triple, left, other: triple.loser ?? left }];
  });
}

function placesOf<Row>(rows: readonly Row[]): Map<Row, number> {
  return new Map(rows.map((row, position) => [row, position]));
}

/** Whether two triples have no row of the same list. */
function fit<Row>(a: Triple<Row>, b: Triple<Row>): boolean {
  return (
    (a.base === null || b.base === null) &&
    (a.winner === null || b.winner === null) &&
    (a.loser === null || b.loser === null)
  );
}
