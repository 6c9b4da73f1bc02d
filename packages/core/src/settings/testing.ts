import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { homePaths, type HomePaths } from "../paths.ts";

/** For tests: a home with nothing but settings, until the end of the test. */
export function homeWith(config: string | null): HomePaths {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-settings-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const paths = homePaths(root);
  if (config !== null) writeFileSync(paths.settingsFile, config);
  return paths;
}

/** What the settings of a home hold now. */
export function configOf({ settingsFile }: HomePaths): string {
  return readFileSync(settingsFile, "utf8");
}
