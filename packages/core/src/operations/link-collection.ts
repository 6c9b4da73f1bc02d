import { realpathSync } from "node:fs";
import { basename, dirname, resolve, sep } from "node:path";
import type { Cache } from "../cache/open.ts";
import { SkillmeatError } from "../errors.ts";
import { MANIFEST_NAME, type HomePaths } from "../paths.ts";
import type { CollectionLinkInput } from "../schema/collection-report.ts";
import type { Collection } from "../schema/collection.ts";
import { addLink, removeLink } from "../settings/edit-settings.ts";
import { readSettings } from "../settings/settings.ts";
import { refuseTakenFolder } from "./collection-folder.ts";
import { chooseCollectionName, readCollectionSource } from "./collection-source.ts";
import { addCollectionRow, refuseTakenCollection } from "./new-collection.ts";
import { commandHint, quoted, shellWord } from "./suggest.ts";

/**
 * Uses a folder as a collection where it stands, such as the work tree of a git clone. Nothing in it is
 * written by this. Without a manifest it is linked as well, and gets one by the first change.
 * @throws SkillmeatError `not-found`; `invalid-input` where it is no folder, no collection, or lies in the
 * home; `conflict` where it is linked already, or the name is taken
 */
export async function linkCollection(
  cache: Cache,
  input: CollectionLinkInput,
): Promise<Collection> {
  const path = resolve(input.path);
  const source = readCollectionSource(path, "link");
  if (source.folder === null) throw noFolder(path);
  const real = realpathSync(path);
  refuseInHome(cache.paths, path, real);
  refuseLinked(cache.paths, path, real);
  const dir = input.name ?? chooseCollectionName(source, path, "link");
  await refuseTakenCollection(cache, dir);
  refuseTakenFolder(cache.paths.collections, dir);
  await addLink(cache.paths, { name: dir, path: real });
  const { name, version, created } = source.own;
  const row = { dir, displayName: name || dir, version: version || "1.0.0", created };
  return addCollectionRow(cache, "collections.link", row, () => removeLink(cache.paths, dir));
}

function noFolder(path: string): SkillmeatError {
  const isManifest = basename(path) === MANIFEST_NAME;
  return new SkillmeatError(
    "invalid-input",
    `${path} is not a folder`,
    isManifest
      ? `skillmeat collection link ${shellWord(dirname(path))}`
      : `Name the folder that holds a ${MANIFEST_NAME}`,
  );
}

function refuseInHome(paths: HomePaths, path: string, real: string): void {
  const home = realpathSync(paths.root);
  if (real !== home && !real.startsWith(home + sep)) return;
  const isOwn = dirname(real) === realpathSync(paths.collections);
  throw new SkillmeatError(
    "invalid-input",
    isOwn
      ? `${path} is a collection of the home already`
      : `${path} lies in the home, where nothing can be linked`,
    isOwn ? commandHint(basename(real), "collection show") : "Move the folder out of the home",
  );
}

function refuseLinked(paths: HomePaths, path: string, real: string): void {
  const link = readSettings(paths).links.find((other) => realOf(other.path) === real);
  if (link === undefined) return;
  throw new SkillmeatError(
    "conflict",
    `${path} is linked already, as the collection ${quoted(link.name)}`,
    commandHint(link.name, "collection show"),
  );
}

/** A link whose folder is away is compared as it is written. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
