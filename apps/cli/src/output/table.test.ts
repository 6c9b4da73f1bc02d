import { expect, test } from "vitest";
import { formatFields, formatTable } from "./table.ts";
import { widthOf } from "./width.ts";

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
  const rows = [{ name: "a\nb", count: 1, about: "\u001b[2J\r\ntwo\n\n" }];
  expect(formatTable(rows, columns)).toBe(
    ["NAME  COUNT  ABOUT", "a⏎b   1      \\x1b[2J⏎two"].join("\n"),
  );
});

test("the last column is cut to the terminal, but never to nothing", () => {
  const rows = [{ name: "a", count: 1, about: "a description that runs on and on" }];
  expect(formatTable(rows, columns, { width: 30 }).split("\n")[1]).toBe(
    "a     1      a description th…",
  );
  expect(formatTable(rows, columns, { width: 5 }).split("\n")[1]).toBe("a     1      a descripti…");
});

test("nothing is cut where there is no terminal", () => {
  const about = "a description ".repeat(100).trimEnd();
  expect(formatTable([{ name: "a", count: 1, about }], columns)).toContain(about);
});

test("of the columns that may be cut, the widest is cut first", () => {
  const rows = [
    { id: "skill:pdf", tags: "documents, office, reports", about: "日本語の説明です。" },
  ];
  const table = (width: number) =>
    formatTable(
      rows,
      [
        { heading: "ID", cell: ({ id }) => id },
        { heading: "TAGS", cell: ({ tags }) => tags, flexible: true },
        { heading: "ABOUT", cell: ({ about }) => about },
      ],
      { width },
    ).split("\n");
  expect(table(57)[1]).toBe("skill:pdf  documents, office, reports  日本語の説明です。");
  expect(table(50)[1]).toBe("skill:pdf  documents, office,…  日本語の説明です。");
  expect(table(40)[1]).toBe("skill:pdf  documents, of…  日本語の説明…");
  for (const line of table(40)) expect(widthOf(line)).toBeLessThanOrEqual(40);
});

test("a colour is shown before its name, and the columns stay aligned", () => {
  const rows = [
    { color: "rose", name: "a" },
    { color: "", name: "b" },
  ];
  const swatch = (color: string) => (color === "rose" ? "\u001b[31m●\u001b[39m" : null);
  const table = formatTable(
    rows,
    [
      { heading: "COLOR", cell: ({ color }) => color, color: true },
      { heading: "NAME", cell: ({ name }) => name },
    ],
    { swatch, width: 5 },
  );
  expect(table).toBe("COLOR   NAME\n\u001b[31m●\u001b[39m rose  a\n        b");
  expect(formatFields([["Color", "rose", "color"]], { swatch })).toBe(
    "Color  \u001b[31m●\u001b[39m rose",
  );
  expect(formatFields([["Name", "rose"]], { swatch })).toBe("Name  rose");
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
