import { expect, test } from "vitest";
import type { Member } from "../api/queries.ts";
import { cardsOf, type Card, type PlacedCard, UNGROUPED } from "./cards.ts";
import { AT_END, placeMembers, placeOfSpot, spotAt, withLifted } from "./move-cards.ts";

function members(...names: string[]): Member[] {
  return names.map((ref) => ({ ref, artifactId: ref.startsWith("?") ? null : `skill:${ref}` }));
}

function cards(...names: string[]): readonly Card[] {
  return cardsOf({ members: members(...names) });
}

function placed(column: string, ...names: string[]): PlacedCard[] {
  return cards(...names).map((card) => ({ ...card, column }));
}

function refs(list: readonly Member[]): string[] {
  return list.map(({ ref }) => ref);
}

test("what a file names twice has a key for each", () => {
  const keys = cards("a", "a", "?Gone", "?gone").map(({ key }) => key);
  expect(new Set(keys).size).toBe(4);
});

test("members go to their place, and nobody is a member twice", () => {
  const before = members("a", "b", "c", "?x");
  expect(refs(placeMembers(before, members("?X", "d", "a"), 1))).toEqual([
    "b",
    "?X",
    "d",
    "a",
    "c",
  ]);
});

test("a spot is before the next card that stays, else behind the last one", () => {
  const shown = cards("a", "b", "c");
  const keys = shown.map(({ key }) => key);
  const moved = new Set([keys[1] ?? ""]);
  expect(spotAt(shown, moved, 1)).toEqual({ before: keys[2], after: keys[0] });
  expect(spotAt(shown, moved, 3)).toEqual({ before: null, after: keys[2] });
});

test("behind the last card that a filter shows is before those that it hides", () => {
  const all = cards("a", "hidden", "b", "hidden too");
  expect(placeOfSpot(all, { before: null, after: "skill:b" })).toBe(3);
  expect(placeOfSpot(all, { before: "skill:b", after: null })).toBe(2);
  expect(placeOfSpot(all, AT_END)).toBe(4);
  expect(placeOfSpot(all, { before: "skill:gone", after: "skill:gone" })).toBe(4);
});

test("what is lifted is shown where it is held, and not where it was", () => {
  const lift = { kind: "cards", cards: placed("one", "b"), to: "two", index: 1 } as const;
  expect(refs(withLifted(cards("a", "b"), "one", lift))).toEqual(["a"]);
  expect(refs(withLifted(cards("x", "y"), "two", lift))).toEqual(["x", "b", "y"]);
  expect(refs(withLifted(cards("x", "b", "y"), "two", lift))).toEqual(["x", "b", "y"]);
  expect(refs(withLifted(cards("q"), "three", lift))).toEqual(["q"]);
});

test("artifacts in no group keep the order of their names", () => {
  const lift = { kind: "cards", cards: placed(UNGROUPED, "b"), to: UNGROUPED, index: 0 } as const;
  expect(refs(withLifted(cards("a", "b"), UNGROUPED, lift))).toEqual(["a", "b"]);
});
