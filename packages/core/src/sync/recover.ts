import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import type { CollectionRefresh, Skipped } from "../schema/sync.ts";
import { readThoroughly } from "./look.ts";

/**
 * Reads one collection's manifest and folders into the cache: the recovery on a fresh cache, and
 * the refresh on any other. Idempotent; writes nothing but the cache.
 * @param isNew whether all that is there came just now, also where another reading met it first
 * @throws SkillmeatError `not-found`
 */
export async function recoverCollectionMetadata(
  cache: Cache,
  dir: string,
  isNew = false,
): Promise<CollectionRefresh> {
  const reading = await readThoroughly(cache, dir);
  const { id, dir: name } = await requireCollection(cache.db, dir);
  if (reading.kind === "as-before") {
    const { found, members, inManifest, problems } = reading.summary;
    return {
      name,
      artifacts: artifactsOf({ found, added: 0, removed: 0 }, isNew),
      tags: outcome(isNew ? inManifest.tags : 0, inManifest.tags),
      groups: outcome(isNew ? inManifest.groups : 0, inManifest.groups),
      members,
      problems: [...problems],
    };
  }
  if (reading.kind !== "read") {
    const skipped: Skipped =
      reading.kind === "missing" ? "manifest-missing" : "manifest-unreadable";
    const none = { recovered: 0, skipped };
    const { problems } = reading;
    const artifacts = artifactsOf(reading.artifacts, isNew);
    const members = await countMembers(cache, id);
    return { name, artifacts, tags: none, groups: none, members, problems: [...problems] };
  }
  const { taken, inManifest } = reading;
  return {
    name,
    artifacts: artifactsOf(taken.artifacts, isNew),
    tags: outcome(isNew ? inManifest.tags : taken.tags, inManifest.tags),
    groups: outcome(isNew ? inManifest.groups : taken.groups, inManifest.groups),
    members: taken.members,
    problems: [...reading.problems],
  };
}

function artifactsOf(artifacts: CollectionRefresh["artifacts"], isNew: boolean) {
  return isNew ? { ...artifacts, added: artifacts.found } : artifacts;
}

function outcome(recovered: number, inManifest: number): CollectionRefresh["groups"] {
  if (recovered > 0) return { recovered, skipped: null };
  return { recovered, skipped: inManifest === 0 ? "nothing-in-manifest" : "cache-authoritative" };
}

async function countMembers(
  cache: Cache,
  collectionId: number,
): Promise<{ resolved: number; unresolved: number }> {
  const { total, resolved } = await cache.db
    .selectFrom("group_members")
    .innerJoin("groups", "groups.id", "group_members.group_id")
    .select((eb) => [
      eb.fn.countAll<number>().as("total"),
      eb.fn.count<number>("artifact_id").as("resolved"),
    ])
    .where("collection_id", "=", collectionId)
    .executeTakeFirstOrThrow();
  return { resolved, unresolved: total - resolved };
}
