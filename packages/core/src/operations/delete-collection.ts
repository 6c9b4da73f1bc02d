import { lstatSync } from "node:fs";
import { join } from "node:path";
import { dropChanges, recordChange } from "../cache/changes.ts";
import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import { SkillmeatError } from "../errors.ts";
import type { Collection, CollectionDeleteInput } from "../schema/collection.ts";
import { readCollection } from "./new-collection.ts";
import { commandHint, quoted } from "./suggest.ts";
import { withTrash } from "./trash.ts";
import { withUnlink } from "./unlink.ts";

/** A collection as it was, and where its folder lies now. */
export interface DeletedCollection {
  readonly collection: Collection;
  /** Absolute; null where the folder was not there any more, or was linked and stays where it is. */
  readonly trash: string | null;
}

/**
 * Deletes a collection: its folder goes to the trash, and the cache forgets it. A linked one is only
 * unlinked, and its folder stays as it is.
 * @throws SkillmeatError `not-found`; `unsaved-changes` where the cache holds what the manifest does
 * not, unless forced; `refused` where the folder cannot be moved, or the settings not be changed
 */
export function deleteCollection(
  cache: Cache,
  input: CollectionDeleteInput,
): Promise<DeletedCollection> {
  return withUnlink(cache.paths, (unlink) =>
    withTrash((moveToTrash) =>
      cache.transaction(async (tx) => {
        const { id, dir, dirty_rev, written_rev } = await requireCollection(tx, input.collection);
        if (dirty_rev > written_rev && !input.force) {
          throw unsavedCollection(dir, "changes are not in collection.toml yet");
        }
        const collection = await readCollection(cache, tx, dir);
        await tx.deleteFrom("collections").where("id", "=", id).execute();
        await dropChanges(tx, dir);
        await recordChange(tx, {
          dir,
          origin: "call",
          action: "collections.delete",
          summary: `${collection.linked ? "Unlinked" : "Deleted"} the collection ${quoted(dir)}`,
          touched: [{ kind: "collection", id: dir, name: dir, change: "removed" }],
          images: null,
          undoes: null,
        });
        const { path: source } = collection;
        if (collection.linked) {
          await unlink(dir);
          return { collection, trash: null };
        }
        if (lstatSync(source, { throwIfNoEntry: false }) === undefined) {
          return { collection, trash: null };
        }
        // Last, so that of what can go wrong only the commit is left.
        const folder = join(cache.paths.trash, "collections");
        const origin = { kind: "collection", collection: dir, name: dir, path: "" } as const;
        return { collection, trash: moveToTrash({ source, folder, label: dir, origin }) };
      }),
    ),
  );
}

/** The error for a collection that is not deleted, since something of it is in the cache alone. */
export function unsavedCollection(dir: string, reason: string): SkillmeatError {
  return new SkillmeatError(
    "unsaved-changes",
    `The collection ${quoted(dir)} is not deleted, since something of it would be lost: ${reason}`,
    `${commandHint(dir, "sync flush")}, or delete it with --force`,
  );
}
