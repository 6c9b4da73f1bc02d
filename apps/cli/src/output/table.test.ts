import { expect, test } from "vitest";
import { formatFields, formatTable } from "./table.ts";

const columns = [
  { heading: "NAME", cell: (row: { name: string }) => row.name },
  { heading: "COUNT", cell: (row: { count: number }) => row.count },
  { heading: "ABOUT", cell: (row: { about: string }) => row.about },
];

test("columns are aligned, and lines have no spaces at their end", () => {
  const rows = [
    { name: "日本語", count: 1, about: "" },
    { name: "a", count: 10, about: "plain" },
  ];
  expect(formatTable(rows, columns)).toBe(
    ["NAME    COUNT  ABOUT", "日本語  1", "a       10     plain"].join("\n"),
  );
});

test("a row is one line, whatever its cells hold", () => {
  const rows = [{ name: "a\nb", count: 1, about: "\u001b[2J" }];
  expect(formatTable(rows, columns)).toBe(
    ["NAME  COUNT  ABOUT", "a\\nb  1      \\x1b[2J"].join("\n"),
  );
});

test("the last column is cut to the terminal, but never to nothing", () => {
  const rows = [{ name: "a", count: 1, about: "a description that runs on and on" }];
  expect(formatTable(rows, columns, { width: 30 }).split("\n")[1]).toBe(
    "a     1      a description th…",
  );
  expect(formatTable(rows, columns, { width: 5 }).split("\n")[1]).toBe("a     1      a descripti…");
});

test("a value of several lines stands below itself", () => {
  expect(
    formatFields([
      ["Name", "pdf"],
      ["Description", "one\ntwo\u001b"],
      ["Icon", ""],
    ]),
  ).toBe(["Name         pdf", "Description  one", "             two\\x1b", "Icon"].join("\n"));
});
