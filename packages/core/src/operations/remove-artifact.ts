import { existsSync } from "node:fs";
import { join } from "node:path";
import { extensionOf } from "../artifacts/layout.ts";
import { openTree, type FoundEntry } from "../artifacts/tree.ts";
import { readArtifact } from "../cache/artifacts.ts";
import { mutate } from "../cache/commit.ts";
import { memberEntries, writeMembers } from "../cache/members.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { pruneTags } from "../cache/tags.ts";
import { SkillmeatError } from "../errors.ts";
import { MANIFEST_NAME } from "../paths.ts";
import type { Artifact, ArtifactRemoveInput } from "../schema/artifact.ts";
import { requireArtifact } from "./require.ts";
import { commandHint, listed, quoted } from "./suggest.ts";
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
    mutate(cache, input.collection, async (tx, collection) => {
      const id = await requireArtifact(tx, collection, input.id);
      const artifact = await readArtifact(tx, id);
      const root = join(cache.paths.collections, collection.dir);
      // Also where the last scan could not see it.
      const entry = locate(root, artifact.path);
      if (entry !== null) await refuseShared(tx, collection, id, artifact);
      await leaveGroups(tx, id);
      await tx.deleteFrom("artifacts").where("id", "=", id).execute();
      await pruneTags(tx, collection.id);
      if (entry === null) return { artifact, trash: null };
      // Last, so that of what can go wrong only the commit is left.
      const trash = moveToTrash({
        source: entry.path,
        folder: join(cache.paths.trash, collection.dir),
        label: `${artifact.type}-${artifact.name}`,
        ending: entry.kind === "file" ? extensionOf(entry.name) : "",
      });
      return { artifact, trash };
    }),
  );
}

/** What is to be moved; null where nothing is there, or nothing that may be moved. */
function locate(root: string, path: string): FoundEntry | null {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  // A row may name any file of the collection as its artifact, also the manifest itself.
  const isOurs = parts.join("/").toLowerCase() === MANIFEST_NAME;
  if (parts.length === 0 || isOurs || parts.some((part) => part.startsWith("."))) return null;
  if (!existsSync(root)) return null;
  const entry = openTree(root, "the collection").locate(parts);
  return entry === null || entry.kind === "refused" ? null : entry;
}

async function refuseShared(
  tx: CacheTransaction,
  collection: CollectionRow,
  id: number,
  { id: name, path }: Artifact,
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
    `${quoted(name)} cannot be removed, since ${path} holds other artifacts as well: ${listed(ids)}`,
    commandHint(collection.dir, `artifact show ${ids[0] ?? ""}`),
  );
}

async function leaveGroups(tx: CacheTransaction, id: number): Promise<void> {
  const groups = await tx
    .selectFrom("group_members")
    .select("group_id")
    .distinct()
    .where("artifact_id", "=", id)
    .execute();
  for (const { group_id } of groups) {
    const before = await memberEntries(tx, group_id);
    const after = before.filter((member) => member.artifact_id !== id);
    await writeMembers(tx, group_id, before, after);
  }
}
