import { ARTIFACT_TYPES, artifactNameProblem, isArtifactType } from "../schema/artifact.ts";
import type { ArtifactType } from "../schema/artifact.ts";

/**
 * How the artifacts of a type lie on disk: a folder that holds `main` (`marked`), a Markdown file
 * at any depth (`markdown`), or whatever lies directly in the type's folder (`entry`).
 */
export interface Layout {
  readonly folder: string;
  readonly form: "marked" | "markdown" | "entry";
  /** The file that says what a folder is; asked for a title, a description and tags. */
  readonly main: string;
}

/** The layout of each type (DESIGN, "Files"). */
export const LAYOUTS: Readonly<Record<ArtifactType, Layout>> = {
  skill: { folder: "skills", form: "marked", main: "SKILL.md" },
  command: { folder: "commands", form: "markdown", main: "COMMAND.md" },
  agent: { folder: "agents", form: "markdown", main: "AGENT.md" },
  hook: { folder: "hooks", form: "entry", main: "HOOK.md" },
  mcp: { folder: "mcp", form: "entry", main: "MCP.md" },
  workflow: { folder: "workflows", form: "entry", main: "WORKFLOW.md" },
};

/** Between the parts of a nested name: `commands/git/review.md` is `git:review`. */
const SEPARATOR = ":";
const EXTENSION = /(?<=.)\.[a-z][a-z0-9]{0,9}$/i;
const MARKDOWN = /\.md$/i;
/** What people write behind a name in a row; a folder may be called `node.js`, so not just any. */
const ROW_EXTENSION = /\.(?:md|json|jsonc|toml|ya?ml|sh|py|m?js|ts)$/i;
const BESIDE_ARTIFACTS = /^(?:readme|licen[cs]e)(?:\..*)?$/i;
const TOOLS_FOLDERS = new Set(["node_modules", "__pycache__"]);

/** The type whose artifacts lie in a folder of this name, or null. */
export function typeOfFolder(folder: string): ArtifactType | null {
  return ARTIFACT_TYPES.find((type) => LAYOUTS[type].folder === folder) ?? null;
}

/** Whether a file or folder is never an artifact or a part of its name: hidden, or a tool's own. */
export function isIgnored(name: string): boolean {
  return name.startsWith(".") || TOOLS_FOLDERS.has(name);
}

/** Whether one file in a type's folder can be an artifact of it; README and LICENSE cannot. */
export function canBeArtifact(type: ArtifactType, fileName: string): boolean {
  const { form } = LAYOUTS[type];
  if (form === "markdown") return MARKDOWN.test(fileName) && !/^readme\.md$/i.test(fileName);
  return form === "entry" && !BESIDE_ARTIFACTS.test(fileName);
}

/** A file's name without its extension: `lint.sh` is `lint`, and `v1.2` stays. */
export function stemOf(fileName: string): string {
  return fileName.replace(EXTENSION, "");
}

/** A file's extension with its dot, or "". */
export function extensionOf(fileName: string): string {
  return EXTENSION.exec(fileName)?.[0] ?? "";
}

/** The name of the artifact at the end of nested folders. */
export function joinName(parts: readonly string[]): string {
  return parts.join(SEPARATOR);
}

/** A row's `name` without the extension that some tools write behind it. */
export function nameWithoutExtension(type: string, name: string): string {
  const form = isArtifactType(type) ? LAYOUTS[type].form : "entry";
  return name.replace(form === "entry" ? ROW_EXTENSION : MARKDOWN, "");
}

/**
 * Where an artifact lies, or is to lie, relative to its collection, with `/`.
 * @param extension of a hook, MCP server or workflow that is one file, with its dot
 * @returns null where the name has a part that can be no file's name, such as `a:..`
 */
export function pathOf(type: ArtifactType, name: string, extension = ""): string | null {
  const { folder, form } = LAYOUTS[type];
  const parts = form === "entry" ? [name] : name.split(SEPARATOR);
  if (parts.some((part) => artifactNameProblem(part) !== null)) return null;
  return `${folder}/${parts.join("/")}${form === "markdown" ? ".md" : extension}`;
}

/**
 * The name that an artifact of a type has at a path, the way back from {@link pathOf}: nested below the type's own folder, else the
 * stem of the path's last part.
 * @param path relative to the collection, with `/`, normalised
 * @param isFolder whether a folder lies there; a folder's name has no extension
 */
export function nameAt(type: string, path: string, isFolder: boolean): string {
  const parts = path.split("/");
  const last = parts.at(-1) ?? "";
  const stem = isFolder ? last : stemOf(last);
  if (!isArtifactType(type)) return stem;
  const { folder, form } = LAYOUTS[type];
  const nested = form !== "entry" && parts[0] === folder && parts.length > 2;
  return nested ? joinName([...parts.slice(1, -1), stem]) : stem;
}

/** Sorts by type in the order of {@link ARTIFACT_TYPES}, other types behind them, then by name. */
export function compareArtifacts(
  a: { readonly type: string; readonly name: string },
  b: { readonly type: string; readonly name: string },
): number {
  return rankOf(a.type) - rankOf(b.type) || compare(a.type, b.type) || compare(a.name, b.name);
}

/** Compares two texts by code unit, so that an order is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function rankOf(type: string): number {
  return isArtifactType(type) ? ARTIFACT_TYPES.indexOf(type) : ARTIFACT_TYPES.length;
}

/** Of two files that give one id: `lint.json` says what `lint.sh` only does. */
const PREFERRED = [".json", ".toml", ".yaml", ".yml", ".md"];

/** Sorts files that give one id, the one to take first. */
export function compareFiles(a: string, b: string): number {
  return preferenceOf(a) - preferenceOf(b) || compare(a, b);
}

function preferenceOf(file: string): number {
  const at = PREFERRED.indexOf(extensionOf(file).toLowerCase());
  return at === -1 ? PREFERRED.length : at;
}
