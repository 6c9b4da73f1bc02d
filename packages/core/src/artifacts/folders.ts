import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ARTIFACT_TYPES } from "../schema/artifact.ts";
import { isIgnored, LAYOUTS } from "./layout.ts";

/**
 * The folders of a collection that may hold artifacts or parts of them: those of the types, and what lies
 * below, the upper ones first. Links are not followed; what cannot be read is left out.
 * @param root the collection's folder
 * @param limit the most that are given
 */
export function artifactFolders(root: string, limit: number): string[] {
  const folders = ARTIFACT_TYPES.map((type) => join(root, LAYOUTS[type].folder));
  const found: string[] = [];
  for (const folder of folders) {
    if (found.length >= limit) break;
    const below = foldersIn(folder);
    if (below === null) continue;
    found.push(folder);
    folders.push(...below);
  }
  return found;
}

function foldersIn(folder: string): string[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !isIgnored(entry.name))
      .map((entry) => join(folder, entry.name));
  } catch {
    return null;
  }
}
