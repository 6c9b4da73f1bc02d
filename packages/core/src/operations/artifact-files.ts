import { lstatSync } from "node:fs";
import { join, relative } from "node:path";
import { extensionOf } from "../artifacts/layout.ts";
import { scanArtifacts } from "../artifacts/scan.ts";
import { openTree, type FoundEntry } from "../artifacts/tree.ts";
import { artifactRowsNamed } from "../cache/artifacts.ts";
import type { FilesImage } from "../cache/change-images.ts";
import type { CacheTransaction } from "../cache/open.ts";
import { saveScanned } from "../cache/save-scanned.ts";
import type { ArtifactRow, CollectionRow } from "../cache/tables.ts";
import { SkillmeatError } from "../errors.ts";
import { MANIFEST_NAME, type HomePaths } from "../paths.ts";
import { nameKey } from "../schema/text.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { commandHint, listed, quoted } from "./suggest.ts";
import type { MoveToTrash, TakeFromTrash } from "./trash.ts";

/** The file or folder of an artifact, to be moved. */
export interface ArtifactFiles {
  readonly artifact: string;
  readonly path: string;
  readonly entry: FoundEntry;
}

/**
 * The file or folder that an artifact alone has in its collection; null where nothing is there, or
 * nothing that may be moved.
 * @throws SkillmeatError `refused` where its folder holds other artifacts as well
 */
export async function findFiles(
  tx: CacheTransaction,
  paths: HomePaths,
  collection: CollectionRow,
  row: Pick<ArtifactRow, "id" | "type" | "name" | "path">,
): Promise<ArtifactFiles | null> {
  const { folder } = collectionPaths(paths, collection.dir);
  const entry = locate(folder, row.path);
  if (entry === null) return null;
  await refuseShared(tx, collection, row);
  return { artifact: `${row.type}:${row.name}`, path: row.path, entry };
}

/**
 * Moves what {@link findFiles} found to the trash.
 * @param place where it came from, relative to the home's trash, if it did; it goes back there
 * @returns where it lies then, absolute, and what the log is to know
 */
export function trashFiles(
  paths: HomePaths,
  { dir }: CollectionRow,
  { artifact, path, entry }: ArtifactFiles,
  moveToTrash: MoveToTrash,
  place: string | null = null,
): { trash: string; image: FilesImage } {
  const trash = moveToTrash({
    source: entry.path,
    folder: join(paths.trash, dir),
    ...(place === null ? {} : { place: join(paths.trash, place) }),
    label: artifact.replace(":", "-"),
    ending: entry.kind === "file" ? extensionOf(entry.name) : "",
    origin: { kind: "artifact", collection: dir, name: artifact, path },
  });
  return { trash, image: { artifact, path, way: "out", trash: relative(paths.trash, trash) } };
}

/**
 * Takes an artifact's file or folder out of the trash, and makes the cache know it, as one that has a row
 * in the manifest.
 * @param from where it lies, relative to the home's trash
 * @returns its row's id, and what the log is to know
 * @throws SkillmeatError `conflict` where the collection has that artifact, or something in its place;
 * `not-found` where it is in the trash no more; `refused` where it cannot be moved, or is no artifact
 */
export async function restoreFiles(
  tx: CacheTransaction,
  paths: HomePaths,
  collection: CollectionRow,
  {
    artifact,
    path,
    from,
  }: { readonly artifact: string; readonly path: string; readonly from: string },
  takeFromTrash: TakeFromTrash,
): Promise<{ id: number; image: FilesImage }> {
  const { folder } = collectionPaths(paths, collection.dir);
  const colon = artifact.indexOf(":");
  const [type, name] = [artifact.slice(0, colon), artifact.slice(colon + 1)];
  if (partsOf(path) === null) throw noPlace(artifact, path);
  const same = await artifactRowsNamed(tx, collection.id, [name]);
  const taken = same.find((row) => nameKey(row.type) === nameKey(type) && row.missing === 0);
  if (taken !== undefined) {
    throw new SkillmeatError(
      "conflict",
      `The collection ${quoted(collection.dir)} has another ${artifact} now`,
      commandHint(collection.dir, `artifact show ${artifact}`),
    );
  }
  takeFromTrash({ path: join(paths.trash, from), target: join(folder, path), root: folder });
  const definition = { name, type, path, title: "", description: "", tags: [] };
  const { artifacts } = scanArtifacts(folder, [definition]);
  const scanned = artifacts.find((found) => found.path === path && !found.missing);
  if (scanned === undefined) throw noPlace(artifact, path);
  const [id] = await saveScanned(tx, collection.id, [{ ...scanned, type, name }]);
  if (id === undefined) throw noPlace(artifact, path);
  return { id, image: { artifact, path, way: "in", trash: from } };
}

function noPlace(artifact: string, path: string): SkillmeatError {
  return new SkillmeatError(
    "refused",
    `${artifact} cannot go back to ${quoted(path)}: nothing there would be read as that`,
    "Take it out of the trash by hand, and add it: skillmeat artifact add PATH",
  );
}

/** The parts of a path in a collection; null where nothing of ours may be moved from or to it. */
function partsOf(path: string): string[] | null {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  // A row may name any file of the collection as its artifact, also the manifest itself.
  const isManifest = parts.join("/").toLowerCase() === MANIFEST_NAME;
  const isHidden = parts.some((part) => part.startsWith("."));
  return parts.length === 0 || isManifest || isHidden ? null : parts;
}

function locate(root: string, path: string): FoundEntry | null {
  const parts = partsOf(path);
  if (parts === null) return null;
  // A folder that cannot be looked at just now is not a missing one.
  if (lstatSync(root, { throwIfNoEntry: false }) === undefined) return null;
  const entry = openTree(root, "the collection").locate(parts);
  return entry === null || entry.kind === "refused" ? null : entry;
}

async function refuseShared(
  tx: CacheTransaction,
  collection: CollectionRow,
  { id, type, name, path }: Pick<ArtifactRow, "id" | "type" | "name" | "path">,
): Promise<void> {
  const others = await tx
    .selectFrom("artifacts")
    .select(["type", "name", "path"])
    .where("collection_id", "=", collection.id)
    .where("id", "!=", id)
    .where("missing", "=", 0)
    .orderBy("name_key")
    .execute();
  const within = others.filter((other) => other.path === path || other.path.startsWith(`${path}/`));
  if (within.length === 0) return;
  const ids = within.map((other) => `${other.type}:${other.name}`);
  throw new SkillmeatError(
    "refused",
    `${quoted(`${type}:${name}`)} cannot be removed, since ${path} holds other artifacts as well: ${listed(ids)}`,
    commandHint(collection.dir, `artifact show ${ids[0] ?? ""}`),
  );
}
