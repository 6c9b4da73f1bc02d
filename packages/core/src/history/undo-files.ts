import { artifactRowsNamed } from "../cache/artifacts.ts";
import type { ChangeImages, FilesImage } from "../cache/change-images.ts";
import type { ChangeLog } from "../cache/change-log.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { ArtifactRow, CollectionRow } from "../cache/tables.ts";
import { findFiles, restoreFiles, trashFiles } from "../operations/artifact-files.ts";
import type { MoveToTrash, TakeFromTrash } from "../operations/trash.ts";
import type { HomePaths } from "../paths.ts";

/** What the undoing of files works with. */
export interface FileMoves {
  readonly paths: HomePaths;
  readonly moveToTrash: MoveToTrash;
  readonly takeFromTrash: TakeFromTrash;
}

/**
 * Takes back what a change did to files: what went to the trash comes back, as artifacts of the cache, and
 * what came into the collection goes to the trash. Rows of `[[artifacts]]`, tags and memberships are
 * not its concern.
 * @throws SkillmeatError as `restoreFiles` and `findFiles`
 */
export async function undoFiles(
  tx: CacheTransaction,
  collection: CollectionRow,
  images: ChangeImages,
  log: ChangeLog,
  moves: FileMoves,
): Promise<void> {
  for (const files of images.files) {
    if (files.way === "in") {
      await takeOut(tx, collection, files, images, log, moves);
    } else if (files.trash !== null) {
      const from = { artifact: files.artifact, path: files.path, from: files.trash };
      const restored = await restoreFiles(tx, moves.paths, collection, from, moves.takeFromTrash);
      log.files(restored.image);
    }
  }
}

/** An artifact that is gone by now, or whose files are, has none to take out. */
async function takeOut(
  tx: CacheTransaction,
  collection: CollectionRow,
  { artifact, trash: place }: FilesImage,
  images: ChangeImages,
  log: ChangeLog,
  { paths, moveToTrash }: FileMoves,
): Promise<void> {
  const row = await findRow(tx, collection.id, artifact);
  if (row === undefined) return;
  const files = await findFiles(tx, paths, collection, row);
  const before = images.artifacts.find((pair) => pair.after?.artifact === artifact)?.before;
  if (before === null || before === undefined) {
    await tx.deleteFrom("artifacts").where("id", "=", row.id).execute();
  } else {
    // It was known by its row alone.
    const missing = { missing: 1, path: before.path };
    await tx.updateTable("artifacts").set(missing).where("id", "=", row.id).execute();
    await tx
      .deleteFrom("artifact_tags")
      .where("artifact_id", "=", row.id)
      .where("origin", "=", "frontmatter")
      .execute();
  }
  if (files !== null) log.files(trashFiles(paths, collection, files, moveToTrash, place).image);
}

async function findRow(
  tx: CacheTransaction,
  collectionId: number,
  artifact: string,
): Promise<ArtifactRow | undefined> {
  const name = artifact.slice(artifact.indexOf(":") + 1);
  const rows = await artifactRowsNamed(tx, collectionId, [name]);
  return rows.find((row) => `${row.type}:${row.name}` === artifact);
}
