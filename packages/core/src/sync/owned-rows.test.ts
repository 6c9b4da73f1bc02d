import { expect, test } from "vitest";
import { noId, rowIdentity } from "./owned-rows.ts";

test("a row is told from another by type, name and path, of which none may be missing", () => {
  const row = { type: "skill", name: "pdf", path: null };
  expect(rowIdentity({ ...row, path: "" })).toBe(rowIdentity(row));
  const others = [{ type: "agent" }, { name: "docx" }, { path: "skills/pdf" }];
  const all = [row, ...others.map((other) => ({ ...row, ...other }))].map(rowIdentity);
  expect(new Set(all).size).toBe(4);
});

test("what counts as deleted has an id that no row has, each its own", () => {
  const ids = [0, 1, 2].map(noId);
  expect(ids.every((id) => id < 0)).toBe(true);
  expect(new Set(ids).size).toBe(3);
});
