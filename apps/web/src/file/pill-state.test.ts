import type { CollectionStatus } from "@skillmeat/core/schema";
import { expect, test } from "vitest";
import { pillState } from "./pill-state.ts";

const CLEAN: CollectionStatus = {
  name: "default",
  state: "clean",
  reason: null,
  unsaved: 0,
  dirtyRev: 0,
  writtenRev: 0,
  manifest: "/home/collections/default/collection.toml",
  updatedAt: null,
  pendingSince: null,
  nextTry: null,
  unresolvedMembers: [],
  losses: 0,
  problems: [],
};
const problem = (line: number) => ({ file: "collection.toml", line, column: 1, message: "bad" });

test.each([
  ["clean", "saved", "Saved"],
  ["pending", "not-saved", "Not saved"],
  ["drifted", "changed", "Changed on disk"],
  ["unreadable", "unreadable", "Unreadable"],
  ["missing", "missing", "File missing"],
] as const)("a file that is %s is told as %s", (state, kind, label) => {
  expect(pillState({ ...CLEAN, state }, false, "open")).toMatchObject({ kind, label });
});

test("an unreadable file is told with the first line that is at fault", () => {
  const status = { ...CLEAN, state: "unreadable" as const, problems: [problem(0), problem(7)] };
  expect(pillState(status, false, "open").label).toBe("Unreadable, line 7");
});

test("a connection that is lost hides what was known before it", () => {
  expect(pillState(CLEAN, true, "lost").kind).toBe("offline");
  expect(pillState(CLEAN, false, "refused").kind).toBe("offline");
});

test("changes that are under way are told before how the file stood", () => {
  expect(pillState({ ...CLEAN, state: "pending" }, true, "open").kind).toBe("writing");
});

test("what there is to look at besides is counted, without what the state tells itself", () => {
  const unresolvedMembers = [{ group: "A", ref: "gone" }];
  const noted = { ...CLEAN, losses: 2, problems: [problem(3)], unresolvedMembers };
  expect(pillState(noted, false, "open").notes).toBe(4);
  const status = { ...CLEAN, state: "unreadable" as const, problems: [problem(3)] };
  expect(pillState(status, false, "open").notes).toBe(0);
});
