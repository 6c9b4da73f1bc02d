import fc from "fast-check";
import assert from "node:assert/strict";
import { describe, expect, test } from "vitest";
import { scanArray, scanBlocks, scanInlineTable, type Block } from "./scan.ts";
import { parseToml } from "./testing/oracle.ts";
import { fuzz, PATIENCE, RUNS } from "../testing/fuzz.ts";
import { generatedDocument } from "./testing/toml-document.ts";

interface Table {
  [key: string]: unknown;
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A document put together from what the scanner found; the parser reads the scalars alone. */
function rebuild(text: string): Table {
  const root: Table = {};
  for (const block of scanBlocks(text)) {
    const table = openBlock(root, block);
    for (const { key, valueStart, valueEnd } of block.entries) {
      put(table, key, valueAt(text, valueStart, valueEnd));
    }
  }
  return root;
}

function openBlock(root: Table, { kind, path }: Block): Table {
  if (kind === "root") return root;
  if (kind === "table") return path.reduce(step, root);
  const holder = path.slice(0, -1).reduce(step, root);
  const key = path.at(-1) ?? "";
  const list = holder[key];
  const element = {};
  if (Array.isArray(list)) list.push(element);
  else holder[key] = [element];
  return element;
}

/** The table under a key, made where it is missing; of a list its last element. */
function step(table: Table, key: string): Table {
  if (!Object.hasOwn(table, key)) table[key] = {};
  const value = table[key];
  const inner: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (!isTable(inner)) throw new Error(`${key} is no table`);
  return inner;
}

function put(table: Table, path: readonly string[], value: unknown): void {
  path.slice(0, -1).reduce(step, table)[path.at(-1) ?? ""] = value;
}

function valueAt(text: string, start: number, end: number): unknown {
  const raw = text.slice(start, end);
  if (raw.startsWith("[")) {
    return scanArray(text, start).map((item) => valueAt(text, item.start, item.end));
  }
  if (!raw.startsWith("{")) return parseToml(`scalar = ${raw}`)["scalar"];
  const table: Table = {};
  for (const { key, valueStart, valueEnd } of scanInlineTable(text, start)) {
    put(table, key, valueAt(text, valueStart, valueEnd));
  }
  return table;
}

/** The parser's tables have no prototype; these have the usual one. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isTable(value) || !Object.is(Object.getPrototypeOf(value), null)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function expectFoundAll(text: string): void {
  assert.deepEqual(rebuild(text), plain(parseToml(text)));
  const blocks = scanBlocks(text);
  assert.equal(blocks[0]?.kind, "root");
  let end = text.startsWith("\uFEFF") ? 1 : 0;
  for (const { start, headerEnd, contentEnd } of blocks) {
    assert.match(text.slice(end, start), /^(?:\s|#[^\n]*\n)*$/);
    assert.ok(start <= headerEnd && headerEnd <= contentEnd);
    parseToml(text.slice(start, contentEnd));
    end = contentEnd;
  }
  assert.match(text.slice(end), /^(?:\s|#[^\n]*(?:\n|$))*$/);
}

describe("scanBlocks", () => {
  test(
    "finds in any document what the parser finds",
    () => {
      fc.assert(
        fc.property(generatedDocument, ({ text }) => expectFoundAll(text)),
        fuzz(RUNS),
      );
    },
    PATIENCE,
  );

  test.each([
    "",
    "\uFEFF",
    "# only a comment",
    "a = 1",
    "\uFEFF[a] # c\r\n[a.b]\r\n\r\nx = 1\r\n",
    "[[a]]\n[[a]]\n[a.b]\n[[a.c]]\n[[a.c]]\nx = 1",
    '[ "a.b" . c ]\n[[ \'d\' . "\\u0065\\U00000066\\x67\\e\\t\\"" ]]',
    '"\\b\\t\\n\\f\\r\\e\\\\\\"" = 1\n[ "\\xe9\\xE9\\uabCD\\U0001F3a8" ]',
    '"" = 1\n\'#\' = 2 # = 3\n"=" = 4\n1.2 = 5\n-_- = 6',
    "a = \"\"\"\"quoted\"\"\"\"\nb = \"\"\"\"\"two\"\"\"\"\"\nc = ''''x''''\nd = '''''y'''''\n[e]",
    'a = """\\"""[x]\n"""\nb = "\\\\"\nc = """\n\\\n[y]\n"""\n[d]',
    "a = ''''''\nb = ''\nc = \"\"\"\"\"\"\nd = \"\"\n[e]",
    "a = [ # ]\n  [ '[', \"]\" ], # [[b]]\n  { c = ']' }, ] # x\n[d]",
    "a = { b = { c = [ '}' ] }, 'd e'.f = \"{\" }\n[g]",
    "a = 1979-05-27 07:32:00 # c\nb = [1979-05-27 07:32:00Z , 1979-05-27]\nc = inf\r\n",
    "a.b.c = 1\na.b.d = 2\n[a.e]\nb = true",
    "[a]\n\t  [a.b]  \n  x = 1  # c \n\n# tail",
    "hasOwnProperty.x = 1\n[constructor]\ntoString = 2",
  ])("finds all of %j", (text) => {
    expectFoundAll(text);
  });

  test("says where headers, entries and values stand", () => {
    const text = "a = 1 # x\n\n  [[ b ]] # y\n c = [ 2 ] # z\n\n# tail\n";
    const [root, block] = scanBlocks(text);
    expect(text.slice(root?.start, root?.contentEnd)).toBe("a = 1 # x");
    expect(text.slice(block?.start, block?.headerEnd)).toBe("  [[ b ]] # y");
    expect(text.slice(block?.start, block?.contentEnd)).toBe("  [[ b ]] # y\n c = [ 2 ] # z");
    const [entry] = block?.entries ?? [];
    expect(text.slice(entry?.start, entry?.valueEnd)).toBe("c = [ 2 ]");
    expect(text.slice(entry?.valueStart, entry?.valueEnd)).toBe("[ 2 ]");
  });
});

describe("a text that no parser has accepted", () => {
  test.each([
    ["[", []],
    ["[1", ["1"]],
    ["[1, [2", ["1", "[2"]],
    ['["a', ['"a']],
    ["[}, 1]", ["", "1"]],
  ])("is scanned to its end and no further: the elements of %j", (text, elements) => {
    const items = scanArray(text, 0);
    expect(items.map(({ start, end }) => text.slice(start, end))).toEqual(elements);
  });

  test.each([
    ["{", []],
    ["{ a = 1", ["a = 1"]],
    ["{ a = 1, b", ["a = 1", "b"]],
  ])("is scanned to its end and no further: the keys of %j", (text, entries) => {
    const found = scanInlineTable(text, 0);
    expect(found.map(({ start, valueEnd }) => text.slice(start, valueEnd))).toEqual(entries);
  });
});
