import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { ArtifactDefinition } from "../schema/artifact.ts";
import { scanArtifacts, type ScannedArtifact } from "./scan.ts";

/** For tests: an empty collection's folder for each test of a file, and what is found in it. */
export interface TestFolder {
  /** The folder around the collection's. */
  readonly home: string;
  readonly root: string;
  /** Writes a file of the collection, with the folders on the way. */
  put(path: string, text?: string): void;
  /** What a scan finds with these rows: ids and problems as texts. */
  scan(...rows: ArtifactDefinition[]): {
    ids: string[];
    artifacts: ScannedArtifact[];
    problems: string[];
  };
}

/** Makes a new folder before each test of the file, and removes it after. */
export function useTestFolder(): TestFolder {
  const folder = { home: "", root: "" };
  beforeEach(() => {
    folder.home = mkdtempSync(join(tmpdir(), "skillmeat-scan-"));
    folder.root = join(folder.home, "collection");
    mkdirSync(folder.root);
    // So that a user without rights, whom a test becomes, can get here.
    chmodSync(folder.home, 0o755);
  });
  afterEach(() => rmSync(folder.home, { recursive: true, force: true }));
  return {
    get home() {
      return folder.home;
    },
    get root() {
      return folder.root;
    },
    put(path, text = "") {
      const file = join(folder.root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    scan(...rows) {
      const { artifacts, problems } = scanArtifacts(folder.root, rows);
      const said = problems.map(
        ({ file, line, column, message }) => `${file}:${line}:${column} ${message}`,
      );
      return { ids: idsOf(artifacts), artifacts, problems: said };
    },
  };
}

/** `type:name` of each, and whether its files are missing. */
export function idsOf(artifacts: readonly ScannedArtifact[]): string[] {
  return artifacts.map(
    ({ type, name, missing }) => `${type}:${name}${missing ? " (missing)" : ""}`,
  );
}

/** A row of `[[artifacts]]`. */
export function row(type: string, name: string, path: string | null = null): ArtifactDefinition {
  return { type, name, path, title: "", description: "", tags: [] };
}
