import { expect, it } from "vitest";
import { matchItems } from "./match-items.ts";

const items = ["Übersicht", "backend", "Back office", "feedback"].map((label) => ({
  id: label,
  label,
}));
const labelsOf = (query: string) => matchItems(items, query).shown.map(({ label }) => label);

it("finds parts of names ignoring case and composition, beginnings first", () => {
  expect(labelsOf("BACK")).toEqual(["backend", "Back office", "feedback"]);
  expect(labelsOf("u\u0308ber")).toEqual(["Übersicht"]);
  expect(labelsOf("  ")).toEqual(items.map(({ label }) => label));
});

it("offers to create what nothing is called just so", () => {
  expect(matchItems(items, "back").canCreate).toBe(true);
  expect(matchItems(items, " BACKEND ").canCreate).toBe(false);
  expect(matchItems(items, "").canCreate).toBe(false);
});

it("shows a hundred, and says how many more there are", () => {
  const many = Array.from({ length: 250 }, (_, index) => ({ id: `${index}`, label: `t${index}` }));
  expect(matchItems(many, "t")).toMatchObject({ more: 150, canCreate: true });
  expect(matchItems(many, "t").shown).toHaveLength(100);
});
