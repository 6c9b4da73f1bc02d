import { cpSync, lstatSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { unfinishedName } from "../artifacts/unfinished.ts";
import { readableReason } from "../artifacts/describe.ts";
import { makeFolder, syncFolder, syncTree } from "../durable.ts";
import { SkillmeatError, systemCode } from "../errors.ts";
import { numberedName } from "../manifest/numbered-name.ts";

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
}

/**
 * Runs what moves something to the trash and may fail afterwards, such as a transaction: where it
 * fails, what was moved is moved back.
 * @param work gets the function that moves, which returns where the thing lies then
 * @throws what `work` throws; SkillmeatError `refused` where the thing cannot be moved
 */
export async function withTrash<T>(
  work: (moveToTrash: (request: TrashRequest) => string) => Promise<T>,
): Promise<T> {
  const moved: { readonly source: string; readonly path: string }[] = [];
  try {
    return await work((request) => {
      return moveToTrash(request, (path) => moved.push({ source: request.source, path }));
    });
  } catch (error) {
    for (const { source, path } of moved) moveBack(path, source);
    throw error;
  }
}

function moveToTrash(
  { source, folder, label, ending = "" }: TrashRequest,
  onMoved: (path: string) => void,
): string {
  const time = new Date().toISOString().replace(/[-:.]/g, "");
  const safe = Array.from(label.replace(/[^\p{L}\p{N}._-]+/gu, "-"));
  const wanted = `${time}-${safe.slice(0, LONGEST_LABEL).join("")}`;
  try {
    makeFolder(folder);
    const name = numberedName(wanted, (candidate) => isThere(join(folder, candidate + ending)));
    const path = join(folder, name + ending);
    move(source, path);
    onMoved(path);
    syncMoved(source, path);
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
