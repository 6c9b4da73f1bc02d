import { join } from "node:path";
import { extensionOf, pathOf } from "../artifacts/layout.ts";
import { readArtifact } from "../cache/artifacts.ts";
import { mutate } from "../cache/commit.ts";
import { groupsNaming, resolveMembers } from "../cache/members.ts";
import type { Cache } from "../cache/open.ts";
import { SkillmeatError } from "../errors.ts";
import { manifestTime } from "../manifest/new-manifest.ts";
import type { HomePaths } from "../paths.ts";
import { isArtifactType, type Artifact } from "../schema/artifact.ts";
import type { Collection } from "../schema/collection.ts";
import type { TrashItem } from "../schema/trash.ts";
import { restoreFiles } from "./artifact-files.ts";
import { refuseTakenFolder } from "./collection-folder.ts";
import { addCollectionRow, refuseTakenCollection } from "./new-collection.ts";
import { withTrash } from "./trash.ts";
import { readOrigin } from "./trash-origins.ts";

/**
 * Puts an artifact's file or folder back from the trash to where it was. The groups that it was in, and
 * the tags that it was given, do not come back by this: undoing its removal brings them as well.
 * @throws SkillmeatError `not-found`; `conflict` where its collection has it again, or something in its
 * place; `refused` where it cannot be moved
 */
export function restoreArtifact(cache: Cache, item: TrashItem): Promise<Artifact> {
  const { id: from, name: artifact, collection: dir } = item;
  const path = placeOf(item);
  return withTrash((_, takeFromTrash) =>
    mutate(cache, dir, "trash.restore", async (tx, collection, log) => {
      await log.artifacts([artifact]);
      await log.groups(
        await groupsNaming(tx, collection.id, [artifact.slice(artifact.indexOf(":") + 1)]),
      );
      log.summary(`Restored ${artifact} from the trash`);
      const source = { artifact, path, from };
      const restored = await restoreFiles(tx, cache.paths, collection, source, takeFromTrash);
      log.files(restored.image);
      await resolveMembers(tx, collection.id);
      return readArtifact(tx, restored.id);
    }),
  );
}

/** Where an artifact was; where that was not noted, where one of its name belongs. */
function placeOf({ path, name: artifact }: TrashItem): string {
  const origin = readOrigin(path);
  if (origin !== null && origin.path !== "") return origin.path;
  const colon = artifact.indexOf(":");
  const [type, name] = [artifact.slice(0, colon), artifact.slice(colon + 1)];
  const place = isArtifactType(type) ? pathOf(type, name, extensionOf(path)) : null;
  if (place !== null) return place;
  throw new SkillmeatError(
    "refused",
    `It is not known where ${path} was`,
    "Add it again: skillmeat artifact add PATH",
  );
}

/**
 * Puts a collection's folder back from the trash. Its manifest and its folders are yet to be read.
 * @param as its new name, where the old one is taken
 * @throws SkillmeatError `conflict` where the name is taken; `refused` where it cannot be moved
 */
export async function restoreCollection(
  cache: Cache,
  item: TrashItem,
  as: string | undefined,
): Promise<Collection> {
  const dir = as ?? item.name;
  await refuseTakenCollection(cache, dir);
  refuseTakenFolder(cache.paths.collections, dir);
  return withTrash((_, takeFromTrash) => {
    takeFromTrash(moveOf(cache.paths, item, dir));
    const created = manifestTime(new Date());
    const row = { dir, displayName: dir, version: "1.0.0", created };
    // It goes back to the trash where this fails.
    return addCollectionRow(cache, "trash.restore", row, () => {});
  });
}

function moveOf({ collections }: HomePaths, { path }: TrashItem, dir: string) {
  return { path, target: join(collections, dir), root: collections };
}
