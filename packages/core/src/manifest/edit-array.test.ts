import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { editArray, type ArrayItem } from "./edit-array.ts";

/** The array after an edit: numbers stand for elements that it has, texts for new ones. */
function edit(array: string, ...items: readonly (number | string | [number, string])[]): string {
  const wanted = items.map((item): ArrayItem => {
    if (typeof item === "number") return { keep: item };
    return typeof item === "string" ? { text: item } : { keep: item[0], text: item[1] };
  });
  const document = `a = ${array} # end\nb = 1`;
  const result = editArray(document, 4, 4 + array.length, wanted);
  expect(parse(`a = ${result}`)["a"]).toHaveLength(items.length);
  return result;
}

type Items = Parameters<typeof edit> extends [string, ...infer Rest] ? Rest : never;

describe("on one line", () => {
  test.each<{ array: string; items: Items; result: string }>([
    { array: "[1, 2, 3]", items: [0, 2], result: "[1, 3]" },
    { array: "[1, 2, 3]", items: [1], result: "[2]" },
    { array: "[1,2,3]", items: [2, 1, 0], result: "[3,2,1]" },
    { array: "[ 1 , 2 ]", items: [0, 1, "9"], result: "[ 1 , 2, 9 ]" },
    { array: "[1, 2,]", items: [0, 1, "3"], result: "[1, 2, 3,]" },
    { array: "[1]", items: [0, "2"], result: "[1, 2]" },
    { array: "[1]", items: [], result: "[]" },
    { array: "[]", items: ["1", "2"], result: "[1, 2]" },
    { array: "[1, 2]", items: [[1, "4"]], result: "[4]" },
    { array: "[1, 2,3]", items: [0, 1, 2, "4"], result: "[1, 2,3, 4]" },
    { array: "[[1, 2], { a = ']' }]", items: [1, 0], result: "[{ a = ']' }, [1, 2]]" },
  ])("$array with $items becomes $result", ({ array, items, result }) => {
    expect(edit(array, ...items)).toBe(result);
  });
});

describe("on many lines", () => {
  const array = `[ # head
  # above one
  1, # beside one

  # above two
  2 # between
  , # beside two
  3 # beside three
  # tail
]`;

  test("every comment stays where nothing but the order of others changed", () => {
    expect(edit(array, 0, 1, 2)).toBe(array);
  });

  test("comments move with their element", () => {
    expect(edit(array, 2, 1, 0)).toBe(`[ # head
  3, # beside three

  # above two
  2 # between
  , # beside two
  # above one
  1 # beside one
  # tail
]`);
  });

  test("a dropped element leaves the lines above it, in place, and takes what stands beside it", () => {
    expect(edit(array, 0, 2)).toBe(`[ # head
  # above one
  1, # beside one

  # above two
  3 # beside three
  # tail
]`);
    expect(edit(array, 1)).toBe(`[ # head
  # above one

  # above two
  2 # between
   # beside two
  # tail
]`);
    expect(edit(array)).toBe(`[ # head
  # above one

  # above two
  # tail
]`);
  });

  test("a new element gets a line as the others have", () => {
    expect(edit(array, "0", 0, 2, "4")).toBe(`[ # head
  0,
  # above one
  1, # beside one

  # above two
  3, # beside three
  4
  # tail
]`);
  });

  test("an element with another text keeps its comments", () => {
    expect(edit(array, 0, [1, "9"], 2)).toBe(array.replace("  2 #", "  9 #"));
  });

  test("line breaks are the document's", () => {
    expect(edit("[\r\n\t1, # x\r\n]", 0, "2")).toBe("[\r\n\t1, # x\r\n\t2,\r\n]");
    expect(edit("[1, # x\r\n]", "2", 0)).toBe("[2, 1, # x\r\n]");
  });

  test("commas may stand first", () => {
    expect(edit("[\n  1\n  , 2\n]", 0, 1, "3")).toBe("[\n  1\n  , 2,\n  3\n]");
    expect(edit("[\n  1 # x\n  , 2\n]", 0)).toBe("[\n  1 # x\n  \n]");
  });

  test("a comment behind a tab stands beside its element too", () => {
    expect(edit("[1,\t# x\n 2]", 1)).toBe("[\n 2]");
  });

  test("a comment never swallows what follows it", () => {
    expect(edit("[1, # x\n 2, 3]", 2, 0)).toBe("[ 3,1 # x\n]");
    expect(edit("[1, 2 # x\n]", 1, 0)).toBe("[2, # x\n 1\n]");
    expect(edit("[ # x\n]", "1")).toBe("[ # x\n1\n]");
    expect(edit("[[\n1\n], # x\n 2 # y\n]", 1, 0)).toBe("[\n 2, # y\n[\n1\n] # x\n]");
    expect(edit("[ \n 1, # x\n 2 # y\n]", 1, 0)).toBe("[\n 2, # y \n 1 # x\n]");
  });

  test("a line above a dropped element swallows nothing either", () => {
    expect(edit("[\n # c\n 1, 2]", 1)).toBe("[\n # c\n 2]");
    expect(edit("[1,\n # c\n 2]", 0)).toBe("[1\n # c\n]");
  });
});
