import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { undoAtExit } from "./cleanup.ts";
import { artifactName, manifestText, skillText } from "./manifest-text.ts";
import type { Size } from "./sizes.ts";

/** The collection of each home. */
export const COLLECTION = "default";

/** A home of one benchmark, with one collection of some size. */
export interface BenchHome {
  readonly root: string;
  readonly manifest: string;
  /** Of the manifest as it was made. */
  readonly bytes: number;
  /** Each artifact's main file. */
  readonly files: readonly string[];
  /** Deletes the cache. */
  forget(): void;
  remove(): void;
}

export interface HomeOptions {
  /** Whether the artifacts stand in the manifest, with groups and tags, or have files in folders, or both. */
  readonly artifactsIn?: "manifest" | "folders" | "both";
  /** The folder in which the home is made; the system's temporary one by default. */
  readonly within?: string;
}

/** Makes a home, without a cache. It is removed at the end of the process at the latest. */
export function makeHome(
  size: Size,
  { artifactsIn = "manifest", within = tmpdir() }: HomeOptions = {},
): BenchHome {
  const root = mkdtempSync(join(within, "skillmeat-bench-"));
  const remove = undoAtExit(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "collections", COLLECTION);
  mkdirSync(folder, { recursive: true });
  const manifest = join(folder, "collection.toml");
  writeFileSync(manifest, manifestText(artifactsIn === "folders" ? { ...size, ...EMPTY } : size));
  const hasFiles = artifactsIn !== "manifest";
  const files = hasFiles
    ? Array.from({ length: size.artifacts }, (_, number) => writeSkill(folder, number))
    : [];
  return {
    root,
    manifest,
    bytes: statSync(manifest).size,
    files,
    forget: () => rmSync(join(root, "cache"), { recursive: true, force: true }),
    remove,
  };
}

const EMPTY = { artifacts: 0, groups: 0, tags: 0 };

function writeSkill(folder: string, number: number): string {
  const place = join(folder, "skills", artifactName(number));
  mkdirSync(place, { recursive: true });
  const file = join(place, "SKILL.md");
  writeFileSync(file, skillText(number));
  return file;
}
