import { expect, test } from "vitest";
import { createPieceList } from "../manifest/piece-list.ts";
import { lastRowsWithout } from "./last-rows.ts";
import { rowKeyText, type RowKey } from "./removed-rows.ts";

const GROUP_A: RowKey = { kind: "group", key: "a" };
const GROUP_B: RowKey = { kind: "group", key: "b" };
const TAG: RowKey = { kind: "tag", key: "1" };

/** A text of three rows, with blank lines between them, as it is kept. */
function keep(scattered: readonly RowKey[] = []) {
  const rows = [
    { key: TAG, text: '[[tag_definitions]]\nname = "T"\n\n' },
    { key: GROUP_A, text: '[[groups]]\nname = "A"\n\n \n' },
    { key: GROUP_B, text: '[[groups]]\nname = "B"\n' },
  ];
  const starts = new Map<number, string>();
  let text = "";
  for (const row of rows) {
    starts.set(text.length, rowKeyText(row.key));
    text += row.text;
  }
  const pieces = createPieceList(text, (offset) => starts.get(offset) ?? null);
  const at = ({ kind, key }: RowKey) => pieces.find(rowKeyText({ kind, key }));
  return {
    written: {
      pieces,
      scattered: new Set(scattered.map(rowKeyText)),
      last: { group: GROUP_B, tag: TAG, artifact: null },
    },
    going: (own: RowKey) => ({ own, at: at(own) }),
  };
}

const isNone = () => false;

test("a row that was in the middle changes no end", () => {
  const { written, going } = keep();
  expect(lastRowsWithout(written, [going(GROUP_A)], isNone)).toEqual({ last: {}, change: null });
});

test("the row before is the last one then, and the blank lines behind it go at the end of the text", () => {
  const { written, going } = keep();
  const before = written.pieces.find(rowKeyText(GROUP_A));
  const expected = {
    last: { group: GROUP_A },
    change: {
      at: before,
      pieces: [{ text: '[[groups]]\nname = "A"\n', key: rowKeyText(GROUP_A) }],
    },
  };
  expect(lastRowsWithout(written, [going(GROUP_B)], isNone)).toEqual(expected);
});

test("where the row before is not of the section, or not in one piece, nobody is known to be last", () => {
  const { written, going } = keep([GROUP_A]);
  expect(lastRowsWithout(written, [going(GROUP_B)], isNone)?.last).toEqual({ group: null });
  const alone = { ...written, last: { ...written.last, group: GROUP_A } };
  expect(lastRowsWithout(alone, [going(GROUP_A)], isNone)?.last).toEqual({ group: null });
});

test("what changes besides at such an end is left to a look at the whole text", () => {
  const { written, going } = keep();
  const before = written.pieces.find(rowKeyText(GROUP_A));
  expect(lastRowsWithout(written, [going(GROUP_B)], (at) => at === before)).toBeNull();
  expect(lastRowsWithout(written, [going(TAG)], isNone)).toBeNull();
});
