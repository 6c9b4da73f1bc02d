import { expect, test } from "vitest";
import { placeRows } from "./place-rows.ts";
import type { RowSource } from "./rows.ts";

function at(start: number): RowSource {
  return { form: "table", blocks: [], entries: [], start, end: start, value: undefined };
}

const [A, B] = [at(10), at(20)];
const stays = (row: RowSource) => ({ row, isReturning: false });
const returns = { row: null, isReturning: true };
const comes = { row: null, isReturning: false };

test("rows that stay keep their order in the file, and new ones come behind them", () => {
  expect(placeRows([comes, stays(B), comes, stays(A)])).toEqual({
    fileIndex: [2, 1, 3, 0],
    behind: [undefined, undefined, undefined, undefined],
  });
});

test("a row that comes back stands behind the one before it in the list", () => {
  expect(placeRows([stays(A), returns, stays(B)])).toEqual({
    fileIndex: [0, 1, 2],
    behind: [undefined, A, undefined],
  });
});

test("it stands before all others where it is the first, and behind what came back before it", () => {
  expect(placeRows([returns, returns, stays(A), stays(B)])).toEqual({
    fileIndex: [0, 1, 2, 3],
    behind: [null, null, undefined, undefined],
  });
});

test("where the file has another order than the list it still stands behind the one before it", () => {
  expect(placeRows([stays(B), returns, stays(A), returns])).toEqual({
    fileIndex: [2, 3, 0, 1],
    behind: [undefined, B, undefined, A],
  });
});

test("a new row, which comes at the end, is none to stand behind", () => {
  expect(placeRows([stays(A), comes, returns, stays(B)])).toEqual({
    fileIndex: [0, 3, 1, 2],
    behind: [undefined, undefined, A, undefined],
  });
});

test("a row that is there does not come back", () => {
  expect(placeRows([{ row: B, isReturning: true }, stays(A)])).toEqual({
    fileIndex: [1, 0],
    behind: [undefined, undefined],
  });
});

test("where no row stays, all come at the section's end in their order", () => {
  expect(placeRows([returns, comes, returns])).toEqual({
    fileIndex: [0, 1, 2],
    behind: [undefined, undefined, undefined],
  });
});
