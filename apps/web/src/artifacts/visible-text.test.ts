import { expect, it } from "vitest";
import { visibleText } from "./visible-text.ts";

it("leaves words of every script as they are", () => {
  const texts = ["pdf-tools", "日本語", "مرحبا", "👩‍👩‍👧", "<img src=x>"];
  expect(texts.map(visibleText)).toEqual(texts);
});

it("shows control characters as pictures, and lines as one", () => {
  expect(visibleText("a\u0000b\u001B[31mc\u007F")).toBe("a␀b␛[31mc␡");
  expect(visibleText("one\r\n\ttwo")).toBe("one two");
});

it("takes out what would turn the direction of its neighbours", () => {
  expect(visibleText("\u202Egnp.exe\u2066")).toBe("gnp.exe");
});
