import fc from "fast-check";
import { expect, test } from "vitest";
import { createPieceList, type PieceChange } from "./piece-list.ts";
import { hashOf, splitPieces } from "./pieces.ts";

const piece = fc.constantFrom(
  "[[a]]\n",
  '[[b]]\nx = "é"\n\n',
  "[[日本]]\r\n",
  "[[",
  "# [[ no\n",
  "\n",
  "",
);
const texts = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

test("a text falls into pieces at the lines that begin with [[, and they make it whole again", () => {
  expect(splitPieces("a\n[[b]]\n [[c]]\n[[d]]")).toEqual(["a\n", "[[b]]\n [[c]]\n", "[[d]]"]);
  expect(splitPieces("[[a]]\n\n[[b]]")).toEqual(["[[a]]\n\n", "[[b]]"]);
  expect(splitPieces("")).toEqual([""]);
  fc.assert(fc.property(texts, (text) => splitPieces(text).join("") === text));
});

test("two texts have one hash where they are equal alone", () => {
  fc.assert(
    fc.property(texts, texts, (one, other) => (hashOf(one) === hashOf(other)) === (one === other)),
  );
});

test("a list that is changed time and again is as one that is made of the text anew", () => {
  const header = fc.constantFrom("[[x]]\n", "[[y]]\nlong = 'enough'\n", "[[z]]\n# ü\n");
  const changes = fc.array(
    fc.array(fc.tuple(fc.nat(20), fc.array(header, { maxLength: 3 })), { maxLength: 4 }),
    { maxLength: 6 },
  );
  // A large one is changed where it stands.
  const padding = fc.constantFrom("", "x".repeat(300_000));
  fc.assert(
    fc.property(texts, padding, changes, (rest, more, rounds) => {
      let text = `head ${more}\n${rest}`;
      const list = createPieceList(text, (offset) => `from ${offset}`);
      for (const round of rounds) {
        const pieces = splitPieces(text);
        const places = new Map(round.map(([at, own]) => [1 + at, own]));
        const wanted = [...places]
          .filter(([at]) => at < pieces.length - 1)
          .toSorted(([a], [b]) => a - b)
          .map(([at, own]): PieceChange => {
            return { at, pieces: own.map((each) => ({ text: each, key: each })) };
          });
        for (const { at, pieces: own } of wanted.toReversed()) {
          pieces.splice(at, 1, ...own.map((each) => each.text));
        }
        const changed = list.change(wanted);
        text = pieces.join("");
        expect(Buffer.concat(changed.content).toString()).toBe(text);
        expect(changed.hash).toBe(hashOf(text));
        changed.apply();
        expect(list.hash).toBe(hashOf(text));
        expect(list.count).toBe(pieces.length);
        expect(pieces.map((_, at) => list.text(at))).toEqual(pieces);
      }
    }),
    { numRuns: 50 },
  );
});
