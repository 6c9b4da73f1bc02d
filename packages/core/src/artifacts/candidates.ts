import { systemCode } from "../errors.ts";
import { artifactNameProblem, ARTIFACT_TYPES, type ArtifactType } from "../schema/artifact.ts";
import { readableReason } from "./describe.ts";
import { canBeArtifact, joinName, LAYOUTS, stemOf } from "./layout.ts";
import type { Entry, Folder, FoundEntry, Tree } from "./tree.ts";

/** A file or folder that is an artifact, unless another one has the same type and name. */
export interface Candidate {
  readonly type: string;
  readonly name: string;
  readonly entry: FoundEntry;
  /** The file that describes a folder, where it was looked up already. */
  readonly main: FoundEntry | null;
}

/** A candidate of one of our types, as the standard folders hold them. */
export interface OwnCandidate extends Candidate {
  readonly type: ArtifactType;
}

/**
 * Is told of each file and folder that is left out; `path` is absolute. One that is `unread` could not be
 * looked at, so that nothing is known of what lies there.
 */
export type Report = (path: string, why: string, unread?: true) => void;

/** Goes through the folders of all types, as {@link LAYOUTS} describes them. */
export function collectCandidates(tree: Tree, report: Report): OwnCandidate[] {
  return ARTIFACT_TYPES.flatMap((type) => {
    const entry = attempt(tree.root.path, report, () => tree.at(tree.root, LAYOUTS[type].folder));
    if (!entry) return [];
    if (entry.kind === "file") report(entry.path, "it is a file where a folder is expected");
    const folder = stepInto(tree, entry, tree.root, report);
    return folder === null ? [] : collectFolder(tree, folder, type, report);
  });
}

/**
 * The artifacts of one type in a folder that is laid out as the type's own.
 * @param takesFolder takes a folder for itself, which is then left alone
 */
export function collectFolder(
  tree: Tree,
  folder: Folder,
  type: ArtifactType,
  report: Report,
  takesFolder: (entry: FoundEntry) => boolean = () => false,
): OwnCandidate[] {
  const found: OwnCandidate[] = [];
  const { form, main } = LAYOUTS[type];

  function take(entry: FoundEntry, parts: readonly string[], file: FoundEntry | null): void {
    const name = joinName(parts);
    const problem = artifactNameProblem(name);
    if (problem === null) found.push({ type, name, entry, main: file });
    else report(entry.path, problem);
  }

  function visit(inside: Folder, above: readonly string[]): void {
    for (const entry of attempt(inside.path, report, () => tree.list(inside)) ?? []) {
      if (entry.kind === "refused") {
        report(entry.path, entry.why);
        continue;
      }
      const parts = [...above, entry.kind === "file" ? stemOf(entry.name) : entry.name];
      if (entry.kind === "file") {
        if (canBeArtifact(type, entry.name)) take(entry, parts, entry);
        continue;
      }
      if (takesFolder(entry)) continue;
      const file = form === "marked" ? fileIn(tree, entry, main, report) : null;
      if (form === "entry" || file !== null) {
        take(entry, parts, file);
        continue;
      }
      const next = stepInto(tree, entry, inside, report);
      if (next !== null) visit(next, parts);
    }
  }

  visit(folder, []);
  return found;
}

/** A file in a folder that may be read, or null. */
export function fileIn(
  tree: Tree,
  entry: FoundEntry,
  name: string,
  report: Report,
): FoundEntry | null {
  const folder: Folder = { path: entry.path, real: entry.real, above: null };
  const file = attempt(entry.path, report, () => tree.at(folder, name));
  if (file?.kind === "refused") report(file.path, file.why);
  return file?.kind === "file" ? file : null;
}

/** Steps into a folder and reports why where that cannot be; null then, and for what is no folder. */
export function stepInto(tree: Tree, entry: Entry, above: Folder, report: Report): Folder | null {
  if (entry.kind === "refused") report(entry.path, entry.why);
  if (entry.kind !== "folder") return null;
  const folder = tree.enter(entry, above);
  if (typeof folder !== "string") return folder;
  report(entry.path, folder);
  return null;
}

/** Whether an error says that nothing is there. */
export function isGone(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(systemCode(error));
}

/** Does what may fail with a system error; reports it and returns null then. */
export function attempt<T>(path: string, report: Report, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (isGone(error)) report(path, readableReason(error));
    else report(path, readableReason(error), true);
    return null;
  }
}
