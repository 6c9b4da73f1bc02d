import { readArtifact } from "../cache/artifacts.ts";
import { mutate } from "../cache/commit.ts";
import { memberEntries, writeMembers } from "../cache/members.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import { pruneTags } from "../cache/tags.ts";
import type { Artifact, ArtifactRemoveInput } from "../schema/artifact.ts";
import { findFiles, trashFiles } from "./artifact-files.ts";
import { requireArtifact } from "./require.ts";
import { withTrash } from "./trash.ts";

/** An artifact as it was, and where its file or folder lies now. */
export interface RemovedArtifact {
  readonly artifact: Artifact;
  /** Absolute; null where it had no file that was its own and inside the collection. */
  readonly trash: string | null;
}

/**
 * Removes an artifact from a collection and from its groups; its file or folder goes to the trash.
 * A link goes there as a link, and what it leads to stays. What lies outside the collection is never touched.
 * @throws SkillmeatError `not-found`; `refused` where its folder holds other artifacts as well, or
 * cannot be moved
 */
export function removeArtifact(cache: Cache, input: ArtifactRemoveInput): Promise<RemovedArtifact> {
  return withTrash((moveToTrash) =>
    mutate(cache, input.collection, "artifacts.remove", async (tx, collection, log) => {
      const id = await requireArtifact(tx, collection, input.id);
      const artifact = await readArtifact(tx, id);
      // Also where the last scan could not see it.
      const files = await findFiles(tx, cache.paths, collection, { ...artifact, id });
      const groups = await groupsOf(tx, id);
      await log.groups(groups);
      await log.artifacts([artifact.id]);
      log.summary(`Removed ${artifact.id}`);
      await leaveGroups(tx, id, groups);
      await tx.deleteFrom("artifacts").where("id", "=", id).execute();
      await pruneTags(tx, collection.id);
      if (files === null) return { artifact, trash: null };
      // Last, so that of what can go wrong little is left but the commit.
      const { trash, image } = trashFiles(cache.paths, collection, files, moveToTrash);
      log.files(image);
      return { artifact, trash };
    }),
  );
}

async function groupsOf(tx: CacheTransaction, id: number): Promise<string[]> {
  const groups = await tx
    .selectFrom("group_members")
    .select("group_id")
    .distinct()
    .where("artifact_id", "=", id)
    .execute();
  return groups.map(({ group_id }) => group_id);
}

async function leaveGroups(
  tx: CacheTransaction,
  id: number,
  groups: readonly string[],
): Promise<void> {
  for (const group_id of groups) {
    const before = await memberEntries(tx, group_id);
    const after = before.filter((member) => member.artifact_id !== id);
    await writeMembers(tx, group_id, before, after);
  }
}
