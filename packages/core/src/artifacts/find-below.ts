import { basename, dirname } from "node:path";
import type { ArtifactType } from "../schema/artifact.ts";
import { attempt, collectFolder, fileIn, stepInto } from "./candidates.ts";
import type { OwnCandidate, Report } from "./candidates.ts";
import { compareFiles, isIgnored, LAYOUTS, typeOfFolder } from "./layout.ts";
import { openTree, type Folder, type FoundEntry, type Tree } from "./tree.ts";

/** The one hidden folder that holds artifacts, in many projects. */
const ASSISTANT_FOLDER = ".claude";
/** A checkout that happens to be called `agents` is not a folder of agents. */
const MARKS_OF_A_REPOSITORY = [".git", ".github", ASSISTANT_FOLDER, ".claude-plugin"];
/** `hooks/` and the like in a source tree hold code. */
const SOURCE_FOLDERS = new Set(["src", "lib", "dist", "build", "test", "tests"]);

/**
 * Every artifact at or below a folder: folders that hold SKILL.md, `commands/**.md`, `agents/**.md`,
 * and what lies in `hooks/`, `mcp/` and `workflows/`. What lies inside a skill belongs to it.
 * @param type the only type to take; a folder that holds none is read as one of that type, or as
 *   a folder of them
 * @param report told of what looked like an artifact and was left out
 */
export function findBelow(
  path: string,
  type: ArtifactType | undefined,
  report: Report,
): OwnCandidate[] {
  const found = search(path, report).filter((item) => (type ?? item.type) === item.type);
  return found.length > 0 ? found : readAs(path, type, report);
}

function search(path: string, report: Report): OwnCandidate[] {
  const tree = openTree(path, path);
  const found: OwnCandidate[] = [];

  function takeSkill(entry: FoundEntry): boolean {
    const main = fileIn(tree, entry, LAYOUTS.skill.main, report);
    if (main !== null) found.push({ type: "skill", name: entry.name, entry, main });
    return main !== null;
  }

  function takeFolder(folder: Folder, type: ArtifactType): void {
    const artifacts = collectFolder(tree, folder, type, report, takeSkill);
    found.push(...artifacts.toSorted((a, b) => compareFiles(a.entry.path, b.entry.path)));
  }

  function visit(folder: Folder, inSource: boolean): void {
    const ignores = (name: string) => isIgnored(name) && name !== ASSISTANT_FOLDER;
    for (const entry of attempt(folder.path, report, () => tree.list(folder, ignores)) ?? []) {
      if (entry.kind === "folder" && takeSkill(entry)) continue;
      const next = stepInto(tree, entry, folder, report);
      if (next === null) continue;
      const type = inSource ? null : typeOfFolder(entry.name);
      if (type !== null && type !== "skill") takeFolder(next, type);
      else visit(next, inSource || SOURCE_FOLDERS.has(entry.name));
    }
  }

  const start = startOf(tree);
  if (takeSkill(start)) return found;
  const type = isRepository(tree, report) ? null : typeOfFolder(start.name);
  if (type !== null && type !== "skill") takeFolder(tree.root, type);
  else visit(tree.root, false);
  return found;
}

/** A folder in which nothing was found, as what the caller or the folder above it says it is. */
function readAs(path: string, asked: ArtifactType | undefined, report: Report): OwnCandidate[] {
  const tree = openTree(path, path);
  const type = asked ?? typeOfFolder(basename(dirname(path)));
  if (type === null || LAYOUTS[type].form === "marked") return [];
  if (LAYOUTS[type].form === "markdown") {
    return asked === undefined ? [] : collectFolder(tree, tree.root, type, report);
  }
  const isEmpty = (attempt(path, report, () => tree.list(tree.root)) ?? []).length === 0;
  return isEmpty ? [] : [{ type, name: basename(path), entry: startOf(tree), main: null }];
}

function startOf({ root }: Tree): FoundEntry {
  return {
    kind: "folder",
    name: basename(root.path),
    path: root.path,
    real: root.real,
    linked: false,
  };
}

function isRepository(tree: Tree, report: Report): boolean {
  return MARKS_OF_A_REPOSITORY.some((name) =>
    attempt(tree.root.path, report, () => tree.at(tree.root, name)),
  );
}
