import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { SkillmeatError } from "../errors.ts";
import { artifactNameProblem, type ArtifactType } from "../schema/artifact.ts";
import type { OwnCandidate } from "./candidates.ts";
import { readableReason } from "./describe.ts";
import { findBelow } from "./find-below.ts";
import { canBeArtifact, compareArtifacts, extensionOf, LAYOUTS } from "./layout.ts";
import { pathOf, stemOf, typeOfFolder } from "./layout.ts";
import type { FoundEntry } from "./tree.ts";

/** An artifact outside the collection, ready to be copied into it. */
export interface FoundArtifact {
  type: ArtifactType;
  name: string;
  /** The file or folder; absolute. */
  from: string;
  /** Where it goes, relative to the collection, with `/`. */
  path: string;
}

/** Something that looked like an artifact and was not taken. */
export interface SkippedArtifact {
  from: string;
  reason: string;
}

/**
 * Finds what `artifact add PATH` means: a file, a folder that is an artifact, or every artifact
 * below a folder, such as a cloned repository of skills or a `.claude/` folder.
 * @param options `type`: what a file is, or the only type to take; `name`: for one artifact only
 * @returns the artifacts by type and name, each id once
 * @throws SkillmeatError `not-found` where nothing is at the path, `invalid-input` where it is not
 *   clear what a file is or what to name, `refused` where it must not or cannot be read
 */
export function discoverArtifacts(
  path: string,
  options: { type?: ArtifactType; name?: string },
): { found: FoundArtifact[]; skipped: SkippedArtifact[] } {
  const from = resolve(path);
  const skipped = new Map<string, SkippedArtifact>();
  const report = (place: string, reason: string) => {
    skipped.set(JSON.stringify([place, reason]), { from: place, reason });
  };
  const candidates = isFolder(from)
    ? findBelow(from, options.type, report)
    : [candidateOfFile(from, options.type)];
  const found = new Map<string, FoundArtifact>();
  const { name } = options;
  if (name !== undefined) requireOne(path, name, candidates);

  for (const { type, name: itsName, entry } of candidates) {
    const taken = name ?? itsName;
    const problem = artifactNameProblem(taken);
    const extension = entry.kind === "file" ? extensionOf(entry.name) : "";
    const target = pathOf(type, taken, extension);
    const id = `${type}:${taken}`;
    const other = found.get(id);
    if (problem !== null) report(entry.path, problem);
    else if (target === null) report(entry.path, `"${taken}" cannot be a file's name`);
    else if (other !== undefined) report(entry.path, `${other.from} gives the same ${id}`);
    else found.set(id, { type, name: taken, from: entry.path, path: target });
  }
  return { found: [...found.values()].toSorted(compareArtifacts), skipped: [...skipped.values()] };
}

/** Whether the path is a folder; a link that a person names is followed wherever it leads. */
function isFolder(path: string): boolean {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) {
      throw new SkillmeatError("not-found", `There is nothing at ${path}`, "Check the path");
    }
    if (stat.isFile() || stat.isDirectory()) return stat.isDirectory();
  } catch (error) {
    if (error instanceof SkillmeatError) throw error;
    throw new SkillmeatError("refused", `${path} cannot be read: ${readableReason(error)}`, "", {
      cause: error,
    });
  }
  throw new SkillmeatError("refused", `${path} is neither a file nor a folder`);
}

function candidateOfFile(path: string, asked: ArtifactType | undefined): OwnCandidate {
  const file = basename(path);
  if (file === LAYOUTS.skill.main && (asked ?? "skill") === "skill") {
    const folder = dirname(path);
    return { type: "skill", name: basename(folder), entry: entryOf("folder", folder), main: null };
  }
  const type = asked ?? typeOfFolder(basename(dirname(path)));
  if (type === null) {
    throw new SkillmeatError(
      "invalid-input",
      `It is not clear what ${path} is`,
      "Say it with --type, such as --type command or --type agent",
    );
  }
  if (LAYOUTS[type].form === "marked") {
    throw new SkillmeatError(
      "invalid-input",
      `${path} is no ${type}: a ${type} is a folder that holds ${LAYOUTS[type].main}`,
      `Name the folder, or say what the file is with --type`,
    );
  }
  if (LAYOUTS[type].form === "markdown" && !canBeArtifact(type, file)) {
    throw new SkillmeatError(
      "invalid-input",
      `${path} is no ${type}: a ${type} is a Markdown file (.md) other than README.md`,
      "Name another file, or say what this one is with --type",
    );
  }
  return { type, name: stemOf(file), entry: entryOf("file", path), main: null };
}

function entryOf(kind: "file" | "folder", path: string): FoundEntry {
  return { kind, name: basename(path), path, real: path, linked: false };
}

function requireOne(path: string, name: string, candidates: readonly OwnCandidate[]): void {
  const problem = artifactNameProblem(name);
  const [only] = candidates;
  if (problem !== null) throw new SkillmeatError("invalid-input", `${problem}: "${name}"`);
  if (candidates.length > 1) {
    throw new SkillmeatError(
      "invalid-input",
      `${path} holds ${candidates.length} artifacts, and one name cannot be given to all of them`,
      "Leave --name out, or name the path of one artifact",
    );
  }
  if (only !== undefined && pathOf(only.type, name) === null) {
    throw new SkillmeatError("invalid-input", `"${name}" cannot be a file's name`);
  }
}
