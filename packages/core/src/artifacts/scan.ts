import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { systemCode } from "../errors.ts";
import { MANIFEST_NAME } from "../paths.ts";
import { isArtifactType, type ArtifactDefinition } from "../schema/artifact.ts";
import type { Problem } from "../schema/sync.ts";
import { collectCandidates, fileIn, isGone, type Candidate, type Report } from "./candidates.ts";
import type { ReportRow } from "./claims.ts";
import { describeFile, readableReason } from "./describe.ts";
import { NO_FIELDS, type Fields } from "./fields.ts";
import { joinRows } from "./join-rows.ts";
import { compare, compareArtifacts, LAYOUTS } from "./layout.ts";
import { openTree, relativePath, type FoundEntry, type Tree } from "./tree.ts";
import { createWitness, type Witness } from "./witness.ts";

/** An artifact of a collection, as its folders and its row say. */
export interface ScannedArtifact {
  type: string;
  name: string;
  title: string;
  description: string;
  /** Relative to the collection's folder, with `/`; "" where no file is known. */
  path: string;
  /** True where a row names the artifact and no file is there. */
  missing: boolean;
  row: ArtifactDefinition | null;
  frontmatterTags: string[];
}

/** Line and column of a row, from 1; 0 where they are not known. */
export type PlaceOfRow = (row: ArtifactDefinition) => { line: number; column: number };

/**
 * Reads the artifacts of a collection: its folders, their frontmatter, and the manifest's rows.
 * Nothing is read outside the collection's folder, and nothing that is broken takes others down.
 * @param root the collection's folder; where it is missing, all rows are artifacts without files
 * @param rows the rows of `[[artifacts]]`
 * @param placeOf where a row stands in the manifest, for reports
 * @param witness takes note of all that is looked at
 * @returns the artifacts by type and name, each id once, all that could not be read, and of that the
 *   files and folders of which nothing is known: relative paths, "" for the whole folder
 */
export function scanArtifacts(
  root: string,
  rows: readonly ArtifactDefinition[],
  placeOf: PlaceOfRow = () => ({ line: 0, column: 0 }),
  witness: Witness = createWitness(),
): { artifacts: ScannedArtifact[]; problems: Problem[]; unread: string[] } {
  const base = resolve(root);
  const problems = new Map<string, Problem>();
  const add = (path: string, message: string, line = 0, column = 0) => {
    const problem = { file: relativePath(base, path), line, column, message };
    problems.set(JSON.stringify(problem), problem);
  };
  const unread: string[] = [];
  const report: Report = (path, why, isUnread) => {
    add(path, `Left out: ${why}`);
    if (isUnread !== true) return;
    unread.push(relativePath(base, path));
    witness.spoil();
  };
  const reportRow: ReportRow = (row, why) => {
    const { line, column } = placeOf(row);
    const message = `The ${row.type || "artifact"} "${row.name}": ${why}`;
    add(join(base, MANIFEST_NAME), message, line, column);
  };

  const tree = openCollection(base, report, witness);
  const candidates = tree === null ? [] : collectCandidates(tree, report);
  const artifacts = joinRows(tree, candidates, rows, report, reportRow).map((joined) => {
    const { type, name, path, candidate, row } = joined;
    const fields =
      tree === null || candidate === null
        ? NO_FIELDS
        : describe(tree, candidate, report, add, witness);
    return {
      type,
      name,
      title: fields.title ?? fields.name ?? (row?.title || name),
      description: fields.description ?? row?.description ?? "",
      path,
      missing: candidate === null,
      row,
      frontmatterTags: fields.tags,
    };
  });
  return {
    artifacts: artifacts.toSorted(compareArtifacts),
    problems: [...problems.values()].toSorted(comparePlaces),
    unread,
  };
}

function comparePlaces(a: Problem, b: Problem): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}

function openCollection(root: string, report: Report, witness: Witness): Tree | null {
  try {
    return openTree(root, "the collection", witness);
  } catch (error) {
    witness.spoil();
    if (!isGone(error)) report(root, readableReason(error), true);
    else if (systemCode(error) !== "ENOENT") report(root, readableReason(error));
    return null;
  }
}

/** What the file of an artifact says of it, or of a folder its main file, else its README.md. */
function describe(
  tree: Tree,
  { type, entry, main }: Candidate,
  report: Report,
  add: (path: string, message: string, line: number, column: number) => void,
  witness: Witness,
): Fields {
  const file = main ?? (entry.kind === "file" ? entry : describingFile(tree, type, entry, report));
  if (file === null) return NO_FIELDS;
  const { data, problem, isUnread } = describeFile(asked(file, witness));
  if (isUnread === true) witness.spoil();
  if (problem !== null) add(file.path, problem.message, problem.line, problem.column);
  return data;
}

/** A file with its stat as it was before it is read. Where it cannot be asked, reading it says why. */
function asked(file: FoundEntry, witness: Witness): FoundEntry {
  if (file.stat !== undefined) return file;
  try {
    const stat = statSync(file.real);
    witness.note(file.real, true, stat);
    return { ...file, stat };
  } catch {
    return file;
  }
}

function describingFile(
  tree: Tree,
  type: string,
  folder: FoundEntry,
  report: Report,
): FoundEntry | null {
  const main = isArtifactType(type) ? LAYOUTS[type].main : `${type.toUpperCase()}.md`;
  return fileIn(tree, folder, main, report) ?? fileIn(tree, folder, "README.md", report);
}
