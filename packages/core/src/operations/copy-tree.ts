import {
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import { SkillmeatError, systemCode } from "../errors.ts";
import { LOCK_FOLDER } from "../settings/collection-lock.ts";

/** What git, a package manager or a link keeps in a folder; never part of a collection. */
const LEFT_OUT = new Set([".git", "node_modules", LOCK_FOLDER]);

/**
 * Copies what a folder holds, with its links, into a folder that is there and empty. `.git` and
 * `node_modules` are left out, at any depth.
 * @throws SkillmeatError `invalid-input` where a link leads out of the folder or nowhere, or where
 * something is neither a file, a folder nor a link
 */
export function copyTree(from: string, to: string): void {
  copyFolder(realpathSync(from), realpathSync(from), to);
}

function copyFolder(root: string, from: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (LEFT_OUT.has(name)) continue;
    const source = join(from, name);
    const target = join(to, name);
    const stat = lstatSync(source);
    if (stat.isDirectory()) {
      mkdirSync(target);
      copyFolder(root, source, target);
    } else if (stat.isFile()) {
      copyFileSync(source, target, constants.COPYFILE_EXCL);
    } else if (stat.isSymbolicLink()) {
      symlinkSync(relative(from, insideOf(root, source)), target);
    } else {
      throw unfit(root, source, "is neither a file, a folder nor a link");
    }
  }
}

/** Where a link leads, which must be inside `root`. */
function insideOf(root: string, link: string): string {
  const target = targetOf(root, link);
  if (target === root || target.startsWith(root + sep)) return target;
  throw unfit(root, link, "is a link that leads out of the folder");
}

function targetOf(root: string, link: string): string {
  try {
    return realpathSync(link);
  } catch (error) {
    const nowhere = ["ENOENT", "ENOTDIR", "ELOOP"].includes(systemCode(error));
    throw nowhere ? unfit(root, link, "is a link that leads nowhere") : error;
  }
}

function unfit(root: string, path: string, why: string): SkillmeatError {
  return new SkillmeatError(
    "invalid-input",
    `${relative(root, path)} in ${root} ${why}`,
    "Replace it by what it stands for, or remove it, and import again",
  );
}
