import { realpathSync, writeFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { Cache } from "../cache/open.ts";
import { SkillmeatError } from "../errors.ts";
import { manifestTime, newManifestText } from "../manifest/new-manifest.ts";
import { MANIFEST_NAME } from "../paths.ts";
import type { Collection, CollectionImportInput } from "../schema/collection.ts";
import { placeCollection } from "./collection-folder.ts";
import { chooseCollectionName, readCollectionSource } from "./collection-source.ts";
import { copyTree } from "./copy-tree.ts";
import { addCollectionRow, refuseTakenCollection } from "./new-collection.ts";

/**
 * Copies a collection into the home: a folder, or a manifest alone. Its name is the one given, else that
 * of the folder, or of a manifest alone the one it bears itself, as far as it can be a folder's name.
 * A folder of artifacts that has no manifest yet gets one.
 * @throws SkillmeatError `not-found`; `invalid-input` where it is no collection or cannot be copied
 * as a whole; `conflict` where the name is taken
 */
export async function importCollection(
  cache: Cache,
  input: CollectionImportInput,
): Promise<Collection> {
  const path = resolve(input.path);
  const source = readCollectionSource(path, "import");
  const dir = input.name ?? chooseCollectionName(source, path, "import");
  const now = manifestTime(new Date());
  const name = source.own.name || dir;
  const version = source.own.version || "1.0.0";
  const created = source.own.created || now;
  const text = newManifestText({ name, version, created, updated: now });
  await refuseTakenCollection(cache, dir);
  placeCollection(cache.paths.collections, dir, (target) => {
    if (source.folder !== null) {
      refuseInside(source.folder, target);
      copyTree(source.folder, target);
    }
    if (source.folder === null || source.content === null) {
      writeFileSync(join(target, MANIFEST_NAME), source.content ?? text);
    }
  });
  return addCollectionRow(cache, "collections.import", {
    dir,
    displayName: name,
    version,
    created,
  });
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
