import {
  copyFileSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { makeFolder, syncFolder, syncTree } from "../durable.ts";
import { messageOf, SkillmeatError, systemCode } from "../errors.ts";
import type { FoundArtifact } from "./discover.ts";
import { LAYOUTS } from "./layout.ts";
import { isInside } from "./tree.ts";
import { unfinishedName } from "./unfinished.ts";

/** The history of a repository whose root is a skill is no part of the skill. */
const LEFT_BEHIND = new Set([".git", ".DS_Store"]);

/**
 * Copies an artifact into a collection: under a hidden name beside its place, and then into it in
 * one step, so that it is there wholly or not at all. Links inside a folder stay links.
 * @param root the collection's folder
 * @throws SkillmeatError `conflict` where something is at its place already, `refused` where it
 *   holds a link that leaves it, a FIFO, a device or a socket, `not-found` where a folder is gone
 */
export function copyArtifact(found: FoundArtifact, root: string): void {
  const target = join(root, found.path);
  try {
    const source = realpathSync(found.from);
    const realRoot = realpathSync(root);
    if (isInside(source, realRoot)) {
      throw refused(found.from, "the collection lies inside it");
    }
    requireFree(found, root, target);
    const folder = dirname(target);
    makeFolderInside(folder, realRoot);
    const temporary = join(folder, unfinishedName());
    try {
      copyEntry(source, temporary, source);
      syncTree(temporary);
      moveInto(temporary, target, found);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
    syncOrRemove(folder, target);
  } catch (error) {
    throw explained(error, found, target);
  }
}

/**
 * Whether an artifact's place in a collection holds the very same already: a call that copied it was cut
 * short, or a person put it there.
 * @param root the collection's folder
 */
export function isInPlace(found: FoundArtifact, root: string): boolean {
  try {
    const source = realpathSync(found.from);
    return isCopy(source, join(root, found.path), source);
  } catch {
    // What cannot be read or copied is not known to be there; copying it will say why.
    return false;
  }
}

function isCopy(from: string, to: string, source: string): boolean {
  const [stat, copy] = [lstatSync(from), lstatSync(to)];
  if (stat.isDirectory()) {
    if (!copy.isDirectory()) return false;
    const names = namesIn(from);
    const isSame = (name: string) => isCopy(join(from, name), join(to, name), source);
    return names.join("/") === namesIn(to).join("/") && names.every(isSame);
  }
  if (stat.isSymbolicLink()) {
    return copy.isSymbolicLink() && readlinkSync(to) === targetInside(from, source);
  }
  const areFiles = stat.isFile() && copy.isFile() && stat.size === copy.size;
  return areFiles && readFileSync(from).equals(readFileSync(to));
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !LEFT_BEHIND.has(name))
    .toSorted();
}

function requireFree(found: FoundArtifact, root: string, target: string): void {
  if (exists(target)) throw taken(found);
  const { form, main } = LAYOUTS[found.type];
  if (form !== "marked") return;
  const parts = found.path.split("/");
  for (let length = 2; length < parts.length; length += 1) {
    const above = parts.slice(0, length).join("/");
    if (exists(join(root, above, main))) {
      throw new SkillmeatError(
        "conflict",
        `${found.type}:${found.name} would lie inside the ${found.type} at ${above}`,
        "Give it another name with --name",
      );
    }
  }
}

/** Makes the folders on the way to the artifact; none of them may lead out of the collection. */
function makeFolderInside(folder: string, realRoot: string): void {
  let nearest = folder;
  while (!exists(nearest)) nearest = dirname(nearest);
  if (!isInside(realRoot, realpathSync(nearest))) {
    throw refused(nearest, "it is a link that leaves the collection");
  }
  makeFolder(folder);
}

function copyEntry(from: string, to: string, source: string): void {
  const stat = lstatSync(from);
  if (stat.isDirectory()) {
    mkdirSync(to);
    for (const name of namesIn(from)) copyEntry(join(from, name), join(to, name), source);
  } else if (stat.isSymbolicLink()) {
    symlinkSync(targetInside(from, source), to);
  } else if (stat.isFile()) {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  } else {
    throw refused(from, "it is neither a file, a folder nor a link");
  }
}

/** Where a link leads, relative to the folder that it stands in, so that the copy leads likewise. */
function targetInside(link: string, source: string): string {
  let real: string;
  try {
    real = realpathSync(link);
  } catch (error) {
    throw refused(link, `it is a link that leads nowhere (${readlinkSync(link)})`, error);
  }
  const copied = !relative(source, real)
    .split(sep)
    .some((part) => LEFT_BEHIND.has(part));
  if (!isInside(source, real) || !copied)
    throw refused(link, "it is a link that leaves the artifact");
  return relative(dirname(link), real) || ".";
}

/** What is not known to be on the disk is not there: the call fails, and a failed call changes nothing. */
function syncOrRemove(folder: string, target: string): void {
  try {
    syncFolder(folder);
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  }
}

/** A rename would replace a file that appeared meanwhile; a second link to the file does not. */
function moveInto(temporary: string, target: string, found: FoundArtifact): void {
  if (lstatSync(temporary).isFile()) linkSync(temporary, target);
  else if (exists(target)) throw taken(found);
  else renameSync(temporary, target);
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function taken(found: FoundArtifact): SkillmeatError {
  return new SkillmeatError(
    "conflict",
    `${found.path} is in the collection already`,
    "Give it another name with --name; nothing was overwritten",
  );
}

function refused(path: string, why: string, cause?: unknown): SkillmeatError {
  return new SkillmeatError("refused", `${path} cannot be copied: ${why}`, "", { cause });
}

function explained(error: unknown, found: FoundArtifact, target: string): unknown {
  if (error instanceof SkillmeatError) return error;
  const code = systemCode(error);
  if (code === "EEXIST" || code === "ENOTEMPTY") return taken(found);
  if (code === "ENOTDIR") {
    return new SkillmeatError("conflict", `${target} cannot be made: a file is in its way`, "", {
      cause: error,
    });
  }
  return new SkillmeatError(
    code === "ENOENT" ? "not-found" : "refused",
    `${found.from} cannot be copied: ${messageOf(error)}`,
    "Check that both folders are there, and their permissions",
    { cause: error },
  );
}
