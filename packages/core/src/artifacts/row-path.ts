import { isArtifactType, type ArtifactDefinition } from "../schema/artifact.ts";
import { LAYOUTS } from "./layout.ts";

/** Where a row says that its artifact lies; `parts` is null where it does not say. */
export type RowPath =
  | { readonly parts: readonly string[] | null; readonly why?: undefined }
  | { readonly why: string };

/**
 * Normalises the `path` of a row: no `./`, no `/` at the end, and `skills/pdf/SKILL.md` means the
 * folder. A path that leaves the collection is refused; links are not looked at here.
 */
export function readRowPath(row: ArtifactDefinition, type: string): RowPath {
  const path = row.path ?? "";
  if (path.includes("\0")) return { why: "its path holds a NUL character" };
  if (path.includes("\\")) return { why: "its path holds a backslash; use /" };
  if (/^(?:\/|[a-z]:\/)/i.test(path)) return { why: "its path is absolute" };
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) return { why: "its path holds .." };
  if (namesMainFile(parts, type)) parts.pop();
  return { parts: parts.length === 0 ? null : parts };
}

function namesMainFile(parts: readonly string[], type: string): boolean {
  if (!isArtifactType(type)) return false;
  const { folder, form, main } = LAYOUTS[type];
  const above = parts.slice(0, -1).join("/");
  return form !== "markdown" && parts.at(-1) === main && above !== "" && above !== folder;
}

/** The type that a row's word means: one of ours in any case, else the word itself. */
export function typeOfRow(row: ArtifactDefinition): string {
  const word = row.type.trim().toLowerCase();
  return isArtifactType(word) ? word : row.type;
}
