import { readFileSync, realpathSync, statSync, writeFileSync, type Stats } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import type { Cache } from "../cache/open.ts";
import { messageOf, SkillmeatError, systemCode } from "../errors.ts";
import { manifestTime } from "../manifest/new-manifest.ts";
import { readManifest } from "../manifest/read.ts";
import { MANIFEST_NAME } from "../paths.ts";
import {
  newCollectionDirSchema,
  type Collection,
  type CollectionImportInput,
} from "../schema/collection.ts";
import { placeCollection } from "./collection-folder.ts";
import { addCollectionRow, refuseTakenCollection } from "./new-collection.ts";
import { copyTree } from "./copy-tree.ts";
import { quoted } from "./suggest.ts";

/**
 * Copies a collection into the home: a folder with its manifest, or a manifest alone. Its name is
 * the one given, else that of the folder, or of a manifest alone the one it bears itself, as far as it
 * can be a folder's name.
 * @throws SkillmeatError `not-found`; `invalid-input` where it is no collection or cannot be copied
 * as a whole; `conflict` where the name is taken
 */
export async function importCollection(
  cache: Cache,
  input: CollectionImportInput,
): Promise<Collection> {
  const path = resolve(input.path);
  const isFolder = statOf(path).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const file = isFolder ? join(path, MANIFEST_NAME) : path;
  const content = readSource(file);
  const own = ownFields(content, file);
  const names = isFolder ? [basename(folder), own.name] : [own.name, basename(folder)];
  const dir = input.name ?? chooseName(names, path);
  await refuseTakenCollection(cache, dir);
  placeCollection(cache.paths.collections, dir, (target) => {
    if (!isFolder) {
      writeFileSync(join(target, MANIFEST_NAME), content);
      return;
    }
    refuseInside(path, target);
    copyTree(path, target);
  });
  return addCollectionRow(cache, {
    dir,
    displayName: own.name === "" ? dir : own.name,
    version: own.version === "" ? "1.0.0" : own.version,
    created: own.created === "" ? manifestTime(new Date()) : own.created,
  });
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    const gone = ["ENOENT", "ENOTDIR"].includes(systemCode(error));
    throw new SkillmeatError(
      gone ? "not-found" : "invalid-input",
      gone ? `There is no ${path}` : `${path} cannot be read: ${messageOf(error)}`,
      "Name a folder that holds a collection.toml, or the file itself",
      { cause: error },
    );
  }
}

function readSource(file: string): Buffer {
  if (statOf(file).isFile()) return readFileSync(file);
  throw new SkillmeatError(
    "invalid-input",
    `${file} is not a regular file`,
    "Name a folder that holds a collection.toml, or the file itself",
  );
}

/** What `[collection]` says in a manifest that can be read as a whole. */
function ownFields(
  content: Buffer,
  file: string,
): { name: string; version: string; created: string } {
  const result = readManifest(decode(content, file));
  if ("manifest" in result) return result.manifest.collection;
  const { line, column, message } = result.unreadable;
  throw unreadable(`${file}:${line}:${column}: ${message}`);
}

function decode(content: Buffer, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch (error) {
    throw unreadable(`${file} is not UTF-8 text`, { cause: error });
  }
}

function unreadable(message: string, options?: ErrorOptions): SkillmeatError {
  return new SkillmeatError(
    "invalid-input",
    message,
    "Correct the file and import it again; nothing was copied",
    options,
  );
}

/** The first of some texts of which a collection's name can be made. */
function chooseName(texts: readonly string[], path: string): string {
  for (const text of texts) {
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
    "Name it: skillmeat collection import PATH --name NAME",
  );
}

/** A folder that holds the home would be copied into itself without end. */
function refuseInside(source: string, target: string): void {
  const outer = realpathSync(source);
  if (!realpathSync(target).startsWith(outer + sep)) return;
  throw new SkillmeatError(
    "invalid-input",
    `${source} holds the home that it is to be copied into`,
    "Name the folder of one collection",
  );
}
