import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { artifactFolders } from "./folders.ts";

test("the folders of the types and those below are given, the upper ones first", () => {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-folders-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ["skills/pdf/scripts", "skills/.git", "commands", "docs", "agents"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, "hooks"), "a file");
  symlinkSync(join(root, "docs"), join(root, "skills", "linked"));
  const given = (limit: number) => artifactFolders(root, limit).map((path) => relative(root, path));
  expect(given(100)).toEqual(["skills", "commands", "agents", "skills/pdf", "skills/pdf/scripts"]);
  expect(given(2)).toEqual(["skills", "commands"]);
  expect(artifactFolders(join(root, "nowhere"), 100)).toEqual([]);
});
