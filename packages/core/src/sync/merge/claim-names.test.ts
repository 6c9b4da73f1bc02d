import { expect, test } from "vitest";
import { numberedName } from "../../manifest/numbered-name.ts";
import { claimNames } from "./claim-names.ts";

interface Row {
  readonly name: string;
  readonly of: string;
}

const row = (name: string, of: string): Row => ({ name, of });
const key = (name: string) => name.toLowerCase();

/** The names that rows get, by whose they are. */
function claim(
  rows: readonly { row: Row; base?: string; winner?: string }[],
  base: readonly Row[] = [],
): Record<string, string> {
  const named = (name: string | undefined) => (name === undefined ? null : row(name, "side"));
  const names = claimNames(
    rows.map((one) => {
      const triple = { base: named(one.base), winner: named(one.winner), loser: null };
      return { row: one.row, triple };
    }),
    base,
    ({ name }) => key(name),
    ({ name }, isTaken) => numberedName(name, (text) => isTaken(key(text))),
    key,
  );
  return Object.fromEntries([...names].map(([{ of }, name]) => [of, name]));
}

test("each of many that bear one name gets a number of its own", () => {
  expect(
    claim([{ row: row("A", "first") }, { row: row("a", "second") }, { row: row("A", "third") }]),
  ).toEqual({ second: "a (2)", third: "A (3)" });
});

test("the one that had the name in the base keeps it, then the winner's, then the first", () => {
  const rows = [
    { row: row("A", "new") },
    { row: row("A", "winner's"), winner: "a" },
    { row: row("A", "base's"), base: "a", winner: "B" },
  ];
  expect(claim(rows)).toEqual({ "winner's": "A (2)", new: "A (3)" });
  expect(claim(rows.slice(0, 2))).toEqual({ new: "A (2)" });
});

test("no row gets a name that one has, or had in the base", () => {
  expect(
    claim(
      [{ row: row("A", "one") }, { row: row("A", "two") }, { row: row("a (2)", "three") }],
      [row("A (3)", "gone")],
    ),
  ).toEqual({ two: "A (4)" });
});
