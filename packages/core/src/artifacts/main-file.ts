import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { isArtifactType } from "../schema/artifact.ts";
import type { ArtifactContent } from "../schema/artifact.ts";
import { readableReason } from "./describe.ts";
import { LAYOUTS } from "./layout.ts";
import { openTree, relativePath, type FoundEntry, type Tree } from "./tree.ts";

/** The most that is read of a file, in bytes. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads the file that says what an artifact is: its own, or of a folder `SKILL.md` and its like, else the only
 * Markdown file that lies in it.
 * @param folder of the collection, absolute
 * @param path of the artifact, relative to it, with `/`
 * @returns a text that says why there is nothing to read
 */
export function readMainFile(folder: string, type: string, path: string): ArtifactContent | string {
  if (path === "") return "no file of it is known";
  try {
    const tree = openTree(folder, "the collection");
    const file = mainFileOf(tree, type, path);
    if (typeof file === "string") return file;
    const { text, cut } = readText(file.real);
    if (text.includes("\0")) return "its file is no text";
    return { file: relativePath(folder, file.path), text, cut };
  } catch (error) {
    return readableReason(error);
  }
}

function mainFileOf(tree: Tree, type: string, path: string): FoundEntry | string {
  const entry = tree.locate(path.split("/"));
  if (entry === null) return "its files are missing";
  if (entry.kind === "refused") return entry.why;
  if (entry.kind === "file") return entry;
  const folder = tree.enter(entry, tree.root);
  if (typeof folder === "string") return folder;
  const named = isArtifactType(type) ? tree.at(folder, LAYOUTS[type].main) : null;
  if (named?.kind === "file") return named;
  if (named?.kind === "refused") return named.why;
  const markdown = tree
    .list(folder)
    .find((each): each is FoundEntry => each.kind === "file" && /\.md$/i.test(each.name));
  return markdown ?? "no file in its folder says what it is";
}

/** Without waiting, which opening a FIFO would be. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function readText(path: string): { text: string; cut: boolean } {
  const handle = openSync(path, FLAGS);
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new Error("it is not a regular file");
    const bytes = Buffer.alloc(Math.min(MAX_BYTES, stat.size));
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(handle, bytes, length, bytes.length - length, length);
      if (read === 0) break;
      length += read;
    }
    return { text: bytes.toString("utf8", 0, length), cut: stat.size > MAX_BYTES };
  } finally {
    closeSync(handle);
  }
}
