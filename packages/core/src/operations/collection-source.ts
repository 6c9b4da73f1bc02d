import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { LAYOUTS } from "../artifacts/layout.ts";
import { messageOf, SkillmeatError, systemCode } from "../errors.ts";
import { readManifest } from "../manifest/read.ts";
import { MANIFEST_NAME } from "../paths.ts";
import { newCollectionDirSchema } from "../schema/collection.ts";
import { quoted } from "./suggest.ts";

/** A collection that stands outside the home. */
export interface CollectionSource {
  /** Null for a manifest alone. */
  readonly folder: string | null;
  /** The manifest's bytes; null where there is none yet, or an empty one. */
  readonly content: Buffer | null;
  /** What `[collection]` says; "" where it does not. */
  readonly own: { readonly name: string; readonly version: string; readonly created: string };
  /** What its name here can be made of, the best first. */
  readonly names: readonly string[];
}

/** What is to be done with it, for the hints. */
export type SourceUse = "import" | "link";

const NOTHING = { name: "", version: "", created: "" };

/**
 * Reads a folder that is a collection, be it without a manifest yet, or a manifest alone.
 * @param path absolute
 * @throws SkillmeatError `not-found` where nothing is there, or a folder without anything of a
 *   collection; `invalid-input` where the manifest cannot be read as a whole
 */
export function readCollectionSource(path: string, use: SourceUse): CollectionSource {
  try {
    return readSource(path, use);
  } catch (error) {
    if (error instanceof SkillmeatError) throw error;
    const gone = ["ENOENT", "ENOTDIR"].includes(systemCode(error));
    throw new SkillmeatError(
      gone ? "not-found" : "invalid-input",
      gone ? `There is no ${path}` : `${path} cannot be read: ${messageOf(error)}`,
      whatToName(use),
      { cause: error },
    );
  }
}

function readSource(path: string, use: SourceUse): CollectionSource {
  const stat = statSync(path);
  if (stat.isDirectory()) return readFolder(path, use);
  if (!stat.isFile()) {
    throw new SkillmeatError("invalid-input", `${path} is not a regular file`, whatToName(use));
  }
  const content = readFileSync(path);
  const own = ownFields(content, path, use);
  return {
    folder: null,
    content: content.length === 0 ? null : content,
    own,
    names: [own.name, basename(dirname(path))],
  };
}

function readFolder(folder: string, use: SourceUse): CollectionSource {
  const file = join(folder, MANIFEST_NAME);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined && !canBegin(folder, use)) {
    throw new SkillmeatError(
      "not-found",
      `${folder} holds neither a ${MANIFEST_NAME} nor artifacts`,
      whatToName(use),
    );
  }
  if (stat === undefined || (stat.isFile() && stat.size === 0)) {
    return { folder, content: null, own: NOTHING, names: [basename(folder)] };
  }
  if (!stat.isFile()) {
    const kind = stat.isSymbolicLink() ? "a symbolic link and no" : "no";
    throw new SkillmeatError("invalid-input", `${file} is ${kind} regular file`, whatToDo(use));
  }
  const content = readFileSync(file);
  const own = ownFields(content, file, use);
  return { folder, content, own, names: [basename(folder), own.name] };
}

/**
 * Whether a folder without a manifest is the beginning of a collection: it has artifacts, or it is to
 * be linked and holds no folders of something else, such as a repository that was just made.
 */
function canBegin(folder: string, use: SourceUse): boolean {
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name);
  const hasArtifacts = Object.values(LAYOUTS).some((layout) => folders.includes(layout.folder));
  return hasArtifacts || (use === "link" && folders.length === 0);
}

function whatToName(use: SourceUse): string {
  return use === "import"
    ? `Name a folder that holds a ${MANIFEST_NAME}, or the file itself`
    : `Name the folder that holds a ${MANIFEST_NAME}, or one that is to hold it`;
}

function whatToDo(use: SourceUse): string {
  return use === "import"
    ? "Correct the file and import it again; nothing was copied"
    : "Correct the file and link its folder again; nothing was changed";
}

/** What `[collection]` says in a manifest that can be read as a whole. */
function ownFields(content: Buffer, file: string, use: SourceUse): CollectionSource["own"] {
  const result = readManifest(decode(content, file, use));
  if ("manifest" in result) return result.manifest.collection;
  const { line, column, message } = result.unreadable;
  throw new SkillmeatError("invalid-input", `${file}:${line}:${column}: ${message}`, whatToDo(use));
}

function decode(content: Buffer, file: string, use: SourceUse): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch (error) {
    throw new SkillmeatError("invalid-input", `${file} is not UTF-8 text`, whatToDo(use), {
      cause: error,
    });
  }
}

/**
 * The name of a collection that comes in, as far as one can be made of what it is called.
 * @throws SkillmeatError `invalid-input`
 */
export function chooseCollectionName(
  { names }: CollectionSource,
  path: string,
  use: SourceUse,
): string {
  for (const text of names) {
    const name = text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\p{M}+/gu, "")
      .replace(/[^a-z0-9._-]+/g, "-")
      .replace(/^[^a-z0-9]+/, "")
      .slice(0, 64)
      .replace(/[^a-z0-9]+$/, "");
    if (newCollectionDirSchema.safeParse(name).success) return name;
  }
  throw new SkillmeatError(
    "invalid-input",
    `No name for the collection can be made of ${quoted(basename(path))}`,
    `Name it: skillmeat collection ${use} PATH --name NAME`,
  );
}
