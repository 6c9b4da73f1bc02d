import { cpSync, linkSync, lstatSync, realpathSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { unfinishedName } from "../artifacts/unfinished.ts";
import { readableReason } from "../artifacts/describe.ts";
import { isInside } from "../artifacts/tree.ts";
import { makeFolder, syncFolder, syncTree } from "../durable.ts";
import { SkillmeatError, systemCode } from "../errors.ts";
import { numberedName } from "../manifest/numbered-name.ts";
import { forgetOrigin, noteOrigin, type TrashOrigin } from "./trash-origins.ts";

/** So many characters of a name at most; four bytes each are less than any file system allows. */
const LONGEST_LABEL = 50;

/** What is to be moved to the trash. */
export interface TrashRequest {
  /** A file, a folder or a link, absolute; of a link the link itself, and what it leads to stays. */
  readonly source: string;
  /** The folder of the trash that it goes to, absolute; made where it is missing. */
  readonly folder: string;
  /** What it is called there, behind the time. */
  readonly label: string;
  /** What the name there ends with, such as `.md`. */
  readonly ending?: string;
  /** Where it lay in the trash before, absolute: it goes back there where that is free. */
  readonly place?: string;
  /** What it is and where it belongs, for whoever wants it back. */
  readonly origin?: TrashOrigin;
}

/** What is to be taken out of the trash. */
export interface RestoreRequest {
  /** Where it lies, absolute. */
  readonly path: string;
  /** Where it goes, absolute; the folders on the way are made. */
  readonly target: string;
  /** The folder that it must not leave, absolute. */
  readonly root: string;
}

/** Moves a thing to the trash. @returns where it lies then */
export type MoveToTrash = (request: TrashRequest) => string;

/** Takes a thing out of the trash; nothing is replaced by it. */
export type TakeFromTrash = (request: RestoreRequest) => void;

/**
 * Runs what moves something to the trash or out of it and may fail afterwards, such as a transaction:
 * where it fails, what was moved is moved back.
 * @param work gets the functions that move
 * @throws what `work` throws; SkillmeatError `refused` where the thing cannot be moved, `conflict` where
 * its place is taken, `not-found` where it is in the trash no more
 */
export async function withTrash<T>(
  work: (moveToTrash: MoveToTrash, takeFromTrash: TakeFromTrash) => Promise<T>,
): Promise<T> {
  const moved: { readonly from: string; readonly to: string }[] = [];
  const taken: string[] = [];
  try {
    const result = await work(
      (request) => moveToTrash(request, (to) => moved.push({ from: request.source, to })),
      (request) => {
        takeFromTrash(request, () => moved.push({ from: request.path, to: request.target }));
        taken.push(request.path);
      },
    );
    for (const path of taken) forgetOrigin(path);
    return result;
  } catch (error) {
    for (const { from, to } of moved.toReversed()) {
      moveBack(to, from);
      if (!taken.includes(from)) forgetOrigin(to);
    }
    throw error;
  }
}

function moveToTrash(
  { source, folder, label, ending = "", place, origin }: TrashRequest,
  onMoved: (path: string) => void,
): string {
  const time = new Date().toISOString().replace(/[-:.]/g, "");
  const safe = Array.from(label.replace(/[^\p{L}\p{N}._-]+/gu, "-"));
  const wanted = `${time}-${safe.slice(0, LONGEST_LABEL).join("")}`;
  try {
    makeFolder(folder);
    const name = numberedName(wanted, (candidate) => isThere(join(folder, candidate + ending)));
    const isFree = place !== undefined && dirname(place) === folder && !isThere(place);
    const path = isFree ? place : join(folder, name + ending);
    move(source, path);
    onMoved(path);
    syncMoved(source, path);
    if (origin !== undefined) noteOrigin(path, origin);
    return path;
  } catch (error) {
    throw new SkillmeatError(
      "refused",
      `${source} cannot be moved to the trash: ${readableReason(error)}`,
      `Look at what stands in the way in ${folder}`,
      { cause: error },
    );
  }
}

function takeFromTrash({ path, target, root }: RestoreRequest, onMoved: () => void): void {
  if (!isThere(path)) {
    throw new SkillmeatError("not-found", `${path} is not there any more`, "skillmeat trash list");
  }
  try {
    if (isThere(target)) throw placeTaken(target);
    requireInside(root, target);
    makeFolder(dirname(target));
    moveInto(path, target);
    onMoved();
    syncMoved(path, target);
  } catch (error) {
    if (error instanceof SkillmeatError) throw error;
    if (["EEXIST", "ENOTEMPTY"].includes(systemCode(error))) throw placeTaken(target, error);
    throw new SkillmeatError(
      "refused",
      `${path} cannot be moved to ${target}: ${readableReason(error)}`,
      "Look at what stands in the way",
      { cause: error },
    );
  }
}

function placeTaken(target: string, cause?: unknown): SkillmeatError {
  return new SkillmeatError(
    "conflict",
    `There is already something at ${target}`,
    "Move it away, and try again",
    { cause },
  );
}

/** A link may have come meanwhile that leads out of the folder. */
function requireInside(root: string, target: string): void {
  let nearest = dirname(target);
  while (!isThere(nearest)) nearest = dirname(nearest);
  if (isInside(realpathSync(root), realpathSync(nearest))) return;
  throw new SkillmeatError(
    "refused",
    `${target} is no place for it: ${nearest} leads out of ${root}`,
    "Look at what stands in the way",
  );
}

/** A rename would replace a file that appeared meanwhile; a second link to the file does not. */
function moveInto(from: string, to: string): void {
  if (!lstatSync(from).isFile()) return move(from, to);
  try {
    linkSync(from, to);
  } catch (error) {
    if (systemCode(error) === "EEXIST") throw error;
    return move(from, to);
  }
  rmSync(from);
}

function moveBack(path: string, source: string): void {
  try {
    move(path, source);
  } catch (error) {
    throw new SkillmeatError(
      "internal",
      `${source} lies in ${path} now and cannot be moved back: ${readableReason(error)}`,
      "Move it back yourself",
      { cause: error },
    );
  }
  try {
    syncMoved(path, source);
  } catch {
    // It is back, and why it was moved back counts more.
  }
}

/** Renames; to another device it copies first, under a hidden name, and deletes only a whole copy's source. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemCode(error) !== "EXDEV") throw error;
    const unfinished = join(dirname(to), unfinishedName());
    try {
      cpSync(from, unfinished, {
        recursive: true,
        verbatimSymlinks: true,
        preserveTimestamps: true,
        errorOnExist: true,
        force: false,
      });
      syncTree(unfinished);
      renameSync(unfinished, to);
    } catch (failure) {
      rmSync(unfinished, { recursive: true, force: true });
      throw failure;
    }
    rmSync(from, { recursive: true });
  }
}

function syncMoved(from: string, to: string): void {
  syncFolder(dirname(to));
  syncFolder(dirname(from));
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
