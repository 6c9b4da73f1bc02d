import type { ArtifactDefinition } from "../schema/artifact.ts";
import { nameKey } from "../schema/text.ts";
import type { Candidate, Report } from "./candidates.ts";
import { identityProblem, readClaim, type Claim, type ReportRow } from "./claims.ts";
import { compareFiles, nameAt, nameWithoutExtension } from "./layout.ts";
import { relativePath, type Tree } from "./tree.ts";

/** An artifact: a file or folder with its row, or either of them alone. */
export interface Joined {
  readonly type: string;
  readonly name: string;
  /** Relative to the collection, with `/`; "" where no file is known. */
  readonly path: string;
  readonly candidate: Candidate | null;
  readonly row: ArtifactDefinition | null;
}

/**
 * Joins rows with files: by path, else by type and name. A row without files stands alone, a file
 * without a row too; a second row for one artifact is reported and ignored (DESIGN, "Artifacts").
 * @param tree null where the collection has no folder
 */
export function joinRows(
  tree: Tree | null,
  candidates: readonly Candidate[],
  rows: readonly ArtifactDefinition[],
  report: Report,
  reportRow: ReportRow,
): Joined[] {
  const root = tree?.root.path ?? "";
  const byPath = new Map(candidates.map((item) => [relativePath(root, item.entry.path), item]));
  const claims = rows
    .map((row) => readClaim(row, tree, byPath, report, reportRow))
    .filter((claim) => claim !== null);
  const artifacts = chooseOnePerId(byPath, claims, report);
  const owners = new Map<string, ArtifactDefinition>();
  const own = (id: string, row: ArtifactDefinition) => {
    if (owners.has(id)) reportRow(row, `it is a second row for ${id}; the first counts`);
    else owners.set(id, row);
  };

  const unplaced: Claim[] = [];
  for (const claim of claims) {
    const candidate = claim.path === null ? undefined : byPath.get(claim.path);
    if (candidate === undefined) {
      unplaced.push(claim);
      continue;
    }
    const id = idOf(candidate);
    const taken = artifacts.get(id)?.path;
    if (taken !== claim.path) {
      reportRow(claim.row, `${taken} gives the same ${id} and was taken`);
      continue;
    }
    own(id, claim.row);
    if (claim.type !== candidate.type) {
      reportRow(claim.row, `it lies where a ${candidate.type} lies, and counts as one`);
    }
  }

  const find = createFinder([...artifacts.values()]);
  for (const { row, type, path } of unplaced) {
    const found = find(type, row.name);
    if (found !== null && (path === null || !owners.has(found))) {
      own(found, row);
      continue;
    }
    const name = nameOfMissing(type, row, path);
    const id = idOf({ type, name });
    const problem = identityProblem(type, name);
    if (problem !== null) {
      reportRow(row, problem);
      continue;
    }
    own(id, row);
    if (!artifacts.has(id)) {
      artifacts.set(id, { type, name, path: path ?? "", candidate: null, row: null });
    }
  }
  return [...artifacts].map(([id, artifact]) => ({ ...artifact, row: owners.get(id) ?? null }));
}

function idOf(artifact: { readonly type: string; readonly name: string }): string {
  return `${artifact.type}:${artifact.name}`;
}

/** Of files that give one id, the one that a row names by path, else the preferred kind of file. */
function chooseOnePerId(
  byPath: ReadonlyMap<string, Candidate>,
  claims: readonly Claim[],
  report: Report,
): Map<string, Joined> {
  const rank = new Map<string, number>();
  claims.forEach(({ path }, index) => {
    if (path !== null && !rank.has(path)) rank.set(path, index);
  });
  const rankOf = (path: string) => rank.get(path) ?? claims.length;
  const sorted = [...byPath].toSorted(([a], [b]) => rankOf(a) - rankOf(b) || compareFiles(a, b));
  const chosen = new Map<string, Joined>();
  for (const [path, candidate] of sorted) {
    const { type, name, entry } = candidate;
    const id = idOf(candidate);
    const other = chosen.get(id);
    if (other === undefined) chosen.set(id, { type, name, path, candidate, row: null });
    else report(entry.path, `${other.path} gives the same ${id} and was taken`);
  }
  return chosen;
}

/** Finds the id of an artifact by type and name: exactly, else ignoring case where one matches. */
function createFinder(artifacts: readonly Joined[]): (type: string, name: string) => string | null {
  const exact = new Set(artifacts.map(idOf));
  // Most rows are found without it, and it normalises the name of every artifact.
  let folded: ReadonlyMap<string, readonly string[]> | null = null;
  return (type, name) => {
    const ids = [name, nameWithoutExtension(type, name)].map((text) => idOf({ type, name: text }));
    const same = ids.find((id) => exact.has(id));
    if (same !== undefined) return same;
    const alike = (folded ??= Map.groupBy(exact, nameKey));
    return (
      ids.map((id) => alike.get(nameKey(id)) ?? []).find((found) => found.length === 1)?.[0] ?? null
    );
  };
}

/** The name that the artifact will have once its files are there, so that its id stays. */
function nameOfMissing(type: string, row: ArtifactDefinition, path: string | null): string {
  if (path === null) return nameWithoutExtension(type, row.name);
  return nameAt(type, path, type === "skill");
}
