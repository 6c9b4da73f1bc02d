import { artifactNameProblem, type ArtifactDefinition } from "../schema/artifact.ts";
import { attempt, fileIn, type Candidate, type Report } from "./candidates.ts";
import { LAYOUTS, nameAt } from "./layout.ts";
import { readRowPath, typeOfRow } from "./row-path.ts";
import type { Tree } from "./tree.ts";

/** A row that may name an artifact, with its type and path normalised. */
export interface Claim {
  readonly row: ArtifactDefinition;
  readonly type: string;
  readonly path: string | null;
}

/** Is told of each row that cannot be followed as it stands. */
export type ReportRow = (row: ArtifactDefinition, why: string) => void;

/**
 * Reads where a row says that its artifact lies. What it names outside the standard folders is
 * added to `byPath`.
 * @returns null where the row's path is refused
 */
export function readClaim(
  row: ArtifactDefinition,
  tree: Tree | null,
  byPath: Map<string, Candidate>,
  report: Report,
  reportRow: ReportRow,
): Claim | null {
  const type = typeOfRow(row);
  const read = readRowPath(row, type);
  if (read.why !== undefined) {
    reportRow(row, read.why);
    return null;
  }
  const { parts } = read;
  if (parts === null) return { row, type, path: null };
  const path = parts.join("/");
  if (tree === null || byPath.has(path)) return { row, type, path };

  const reportPath: Report = (_, why) => reportRow(row, `${path} cannot be read: ${why}`);
  const entry = attempt(path, reportPath, () => tree.locate(parts));
  if (entry === null) return { row, type, path };
  if (entry.kind === "refused") {
    reportRow(row, `${path} is refused: ${entry.why}`);
    return null;
  }
  const name = nameAt(type, path, entry.kind === "folder");
  const problem = identityProblem(type, name);
  if (problem !== null) {
    reportRow(row, problem);
    return null;
  }
  const isSkillFolder = type === "skill" && entry.kind === "folder";
  const main = isSkillFolder ? fileIn(tree, entry, LAYOUTS.skill.main, report) : null;
  if (isSkillFolder && main === null) reportRow(row, `${path} holds no ${LAYOUTS.skill.main}`);
  else byPath.set(path, { type, name, entry, main });
  return { row, type, path };
}

/** Why a type and a name cannot be an artifact's id, or null. */
export function identityProblem(type: string, name: string): string | null {
  if (type === "") return "it names no type";
  if (artifactNameProblem(type) !== null || type.includes(":")) return `"${type}" cannot be a type`;
  return artifactNameProblem(name);
}
