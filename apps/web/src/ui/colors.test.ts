import { describe, expect, it } from "vitest";
import { GROUP_COLORS, tagColorSchema } from "@skillmeat/core/schema";
import { colorName, cssColorOf, isHex, longHex, PALETTE, WORDS } from "./colors.ts";

describe("cssColorOf", () => {
  it("takes hex and the words of groups, and nothing else that a file may hold", () => {
    expect(cssColorOf("#3B82F6")).toBe("#3B82F6");
    expect(cssColorOf("#abc")).toBe("#abc");
    expect(cssColorOf("rose")).toBe("#f43f5e");
    for (const other of ["", "red", "#12", "#1234", "url(x)", "#fff;color:red", "rgb(0,0,0)"]) {
      expect(cssColorOf(other)).toBeNull();
    }
  });

  it("knows each word that groups may have", () => {
    expect([...WORDS.keys()]).toEqual([...GROUP_COLORS]);
  });
});

it("offers colours that the server takes", () => {
  for (const color of PALETTE.keys()) expect(tagColorSchema.safeParse(color).success).toBe(true);
  expect(isHex("#12345")).toBe(false);
});

it("calls colours by their names, and writes them long", () => {
  expect([colorName("#3b82f6"), colorName("#123456"), colorName("")]).toEqual([
    "Blue",
    "#123456",
    "no colour",
  ]);
  expect([longHex("#AbC"), longHex("#3B82F6"), longHex("blue"), longHex("?")]).toEqual([
    "#aabbcc",
    "#3b82f6",
    "#3b82f6",
    "#888888",
  ]);
});
