import { expect, test } from "vitest";
import { alignRows, type Identity } from "./align-rows.ts";

interface Row {
  readonly id: number | null;
  readonly name: string;
  readonly body: string;
}

const bodyOf = ({ body }: Row) => body;
const byBody: Identity<Row> = {
  key: (row) => row.name,
  content: bodyOf,
  text: (row) => row.name + row.body,
  traces: [bodyOf],
  numbered: (row) => row.name.replace(/\(\d\)/, "") + row.body,
};
const byPlace: Identity<Row> = {
  ...byBody,
  traces: [(row, position) => `${position}${row.body}`],
};

/** Rows of texts such as `1 A x`: the id, where the side has ids, the name and what it is filled with. */
function rows(...texts: readonly string[]): Row[] {
  return texts.map((text) => {
    const [body = "", name = "", id = null] = text.split(" ").toReversed();
    return { id: id === null ? null : Number(id), name, body };
  });
}

type Side = "winner" | "loser";
type Lists = { readonly [Of in Side | "base"]: readonly string[] };

/** What is one on the base, the winner and the loser; the sides that have ids in their texts have the base's. */
function align(lists: Lists, identity = byBody): string[] {
  const list = (of: keyof Lists) => rows(...lists[of]);
  const known = (["winner", "loser"] as const).filter((side) => /^\d/.test(lists[side][0] ?? ""));
  const sides = { base: list("base"), winner: list("winner"), loser: list("loser") };
  return alignRows(identity, sides, known).map(({ base, winner, loser }) =>
    [base, winner, loser].map((row) => (row === null ? "-" : row.name + row.body)).join(" "),
  );
}

/** The same with the two sides exchanged, its outcome given back as if they were not. */
function alignExchanged({ base, winner, loser }: Lists): string[] {
  return align({ base, winner: loser, loser: winner }).map((triple) => {
    const [ofBase, ofWinner, ofLoser] = triple.split(" ");
    return [ofBase, ofLoser, ofWinner].join(" ");
  });
}

test.each<{ name: string; lists: Lists; triples: string[] }>([
  {
    name: "a row is the base's by its id, else by its name",
    lists: { base: ["1 A x", "2 B y"], winner: ["1 C z", "3 A x"], loser: ["B y", "A x"] },
    triples: ["Ax Cz Ax", "By - By", "- Ax -"],
  },
  {
    name: "where both sides say the same, a name that went on to another row is no other row's",
    lists: {
      base: ["1 A x", "2 B y", "3 C z"],
      winner: ["1 B x", "2 C y", "3 A z"],
      loser: ["B x", "C y", "A z"],
    },
    triples: ["Ax Bx Bx", "By Cy Cy", "Cz Az Az"],
  },
  {
    name: "a row that kept its name is none that got a number on the other side",
    lists: { base: ["1 A(2) x"], winner: ["4 A(3) x"], loser: ["5 A x", "1 A(2) x"] },
    triples: ["A(2)x - A(2)x", "- A(3)x Ax"],
  },
  {
    name: "two rows of the base that got one name, each on one side, stay two",
    lists: { base: ["1 A x", "2 B y"], winner: ["1 C x"], loser: ["2 C y"] },
    triples: ["Ax Cx -", "By - Cy"],
  },
  {
    name: "a row without ids that has another name is known by what it is filled with",
    lists: { base: ["1 A x"], winner: ["1 A x"], loser: ["B x"] },
    triples: ["Ax Ax Bx"],
  },
  {
    name: "of two rows of the base that are filled alike a renamed one is the first",
    lists: { base: ["1 A x", "2 B x"], winner: ["1 A x", "2 B x"], loser: ["C x"] },
    triples: ["Ax Ax Cx", "Bx Bx -"],
  },
  {
    name: "or else the one that is not there under its own name",
    lists: { base: ["1 A x", "2 B x"], winner: ["1 A x", "2 B x"], loser: ["A x", "C x"] },
    triples: ["Ax Ax Ax", "Bx Bx Cx"],
  },
  {
    name: "two renamed rows that are filled alike are not both the same one",
    lists: { base: ["1 A x"], winner: ["1 A x"], loser: ["B x", "C x"] },
    triples: ["Ax Ax Bx", "- - Cx"],
  },
  {
    name: "a new row that both sides have alike is no renamed one",
    lists: { base: ["1 A x"], winner: ["1 A x", "9 B x"], loser: ["B x"] },
    triples: ["Ax Ax -", "- Bx Bx"],
  },
  {
    name: "where there are ids a new row is new, whatever it is filled with",
    lists: { base: ["1 A x"], winner: ["9 B x"], loser: ["A x"] },
    triples: ["Ax - Ax", "- Bx -"],
  },
  {
    name: "a row that both changed alike, and one renamed, is one",
    lists: { base: ["1 A x"], winner: ["1 A y"], loser: ["B y"] },
    triples: ["Ax Ay By"],
  },
  {
    name: "also where neither has ids",
    lists: { base: ["1 A x"], winner: ["A y"], loser: ["B y"] },
    triples: ["Ax Ay By"],
  },
  {
    name: "but not where the one that would be renamed is on the side with ids, and new there",
    lists: { base: ["1 A x"], winner: ["A y"], loser: ["9 B y"] },
    triples: ["Ax Ay -", "- - By"],
  },
  {
    name: "nor where both sides have ids",
    lists: { base: ["1 A x"], winner: ["1 A y"], loser: ["9 B y"] },
    triples: ["Ax Ay -", "- - By"],
  },
  {
    name: "what both added under two names is two rows, also if they are filled alike",
    lists: { base: [], winner: ["A x"], loser: ["B x"] },
    triples: ["- Ax -", "- - Bx"],
  },
  {
    name: "what both added under one name is one row, whatever it is filled with",
    lists: { base: [], winner: ["A x", "B y"], loser: ["A z", "B y"] },
    triples: ["- Ax Az", "- By By"],
  },
  {
    name: "what had to take a number, since its name was taken, is the row of that name on the other side",
    lists: { base: [], winner: ["A z", "A(2) x"], loser: ["A x"] },
    triples: ["- Az -", "- A(2)x Ax"],
  },
  {
    name: "also where it is a row of the base that was renamed",
    lists: { base: ["1 B x"], winner: ["1 A(2) x"], loser: ["9 A x"] },
    triples: ["Bx A(2)x Ax"],
  },
])("$name", ({ lists, triples }) => {
  expect(align(lists)).toEqual(triples);
  expect(alignExchanged(lists).toSorted()).toEqual(triples.toSorted());
});

test("a place counts as it is on each side", () => {
  const lists = { base: ["1 A x", "2 B x"], winner: ["1 A x", "2 B x"], loser: ["C x", "D x"] };
  expect(align(lists, byPlace)).toEqual(["Ax Ax Cx", "Bx Bx Dx"]);
  const moved = { ...lists, loser: ["A x", "E y", "C x"] };
  expect(align(moved, byPlace)).toEqual(["Ax Ax Ax", "Bx Bx -", "- - Ey", "- - Cx"]);
});

test("a row that one side alone has stands for the other's, too", () => {
  const sides = { base: [], winner: rows("A x"), loser: rows("B y") };
  expect(alignRows(byBody, sides, [])).toMatchObject([
    { loser: null, left: { name: "A" }, other: { name: "A" } },
    { winner: null, left: { name: "B" }, other: { name: "B" } },
  ]);
});

test("a row that neither side has any more is left out", () => {
  expect(align({ base: ["1 A x"], winner: [], loser: [] })).toEqual([]);
});
