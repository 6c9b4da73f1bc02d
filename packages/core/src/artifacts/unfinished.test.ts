import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { removeUnfinished, unfinishedName } from "./unfinished.ts";

const HOUR = 3_600_000;

test("a copy that was abandoned an hour ago is removed, one at work and all else stays", () => {
  const folder = mkdtempSync(join(tmpdir(), "skillmeat-unfinished-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const name = unfinishedName();
  mkdirSync(join(folder, name, "scripts"), { recursive: true });
  for (const other of [".new-idea", "new", name.slice(1)]) writeFileSync(join(folder, other), "");
  removeUnfinished(folder, Date.now() + HOUR / 2);
  expect(readdirSync(folder)).toHaveLength(4);
  removeUnfinished(folder, Date.now() + 2 * HOUR);
  expect(readdirSync(folder)).toEqual([".new-idea", "new", name.slice(1)].toSorted());
  expect(() => removeUnfinished(join(folder, "nowhere"))).not.toThrow();
});
