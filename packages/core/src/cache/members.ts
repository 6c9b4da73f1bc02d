import { createResolver } from "../manifest/members.ts";
import type { Member } from "../schema/group.ts";
import { nameKey } from "../schema/text.ts";
import { artifactKeys } from "./artifact-keys.ts";
import { chunksOf } from "./chunks.ts";
import { compiledOnce, listed, type Placeholders } from "./compiled.ts";
import type { CacheDb, CacheTransaction } from "./open.ts";
import type { GroupMemberRow } from "./tables.ts";

/** A member as a group holds it; its place in the list is its position. */
export type MemberEntry = Pick<GroupMemberRow, "ref" | "artifact_id">;

/** The members of some groups, or of all of a collection, in order, by the group's id. */
export async function readMembers(
  db: CacheDb,
  collectionId: number,
  groupIds?: readonly string[],
): Promise<Map<string, Member[]>> {
  const { rows } =
    groupIds === undefined
      ? await allMembers(db, { collectionId })
      : await membersOfGroups(db, { ids: JSON.stringify(groupIds) });
  const members = new Map<string, Member[]>();
  for (const { group_id, ref, type, name } of rows) {
    const member = { ref, artifactId: type === null ? null : `${type}:${name}` };
    const list = members.get(group_id);
    if (list === undefined) members.set(group_id, [member]);
    else list.push(member);
  }
  return members;
}

const allMembers = compiledOnce((db, { collectionId }: Placeholders<{ collectionId: number }>) => {
  const groups = db.selectFrom("groups").select("id").where("collection_id", "=", collectionId);
  return selectMembers(db).where("group_id", "in", groups).compile();
});

const membersOfGroups = compiledOnce((db, { ids }: Placeholders<{ ids: string }>) =>
  selectMembers(db).where("group_id", "in", listed(ids)).compile(),
);

function selectMembers(db: CacheDb) {
  return db
    .selectFrom("group_members")
    .leftJoin("artifacts", "artifacts.id", "group_members.artifact_id")
    .select(["group_id", "ref", "artifacts.type", "artifacts.name"])
    .orderBy("group_id")
    .orderBy("position");
}

/** The members of one group, in order. */
export function memberEntries(db: CacheDb, groupId: string): Promise<MemberEntry[]> {
  return db
    .selectFrom("group_members")
    .select(["ref", "artifact_id"])
    .where("group_id", "=", groupId)
    .orderBy("position")
    .execute();
}

/**
 * Makes a group's members the list given, numbered from 0.
 * @param before the list that the group has: what both begin with is not written again
 */
export async function writeMembers(
  tx: CacheTransaction,
  groupId: string,
  before: readonly MemberEntry[],
  after: readonly MemberEntry[],
): Promise<void> {
  let kept = 0;
  while (kept < before.length && sameEntry(before[kept], after[kept])) kept += 1;
  if (kept < before.length) {
    await tx
      .deleteFrom("group_members")
      .where("group_id", "=", groupId)
      .where("position", ">=", kept)
      .execute();
  }
  const rows = after.slice(kept).map((entry, index) => ({
    group_id: groupId,
    position: kept + index,
    ref: entry.ref,
    artifact_id: entry.artifact_id,
  }));
  for (const chunk of chunksOf(rows)) await tx.insertInto("group_members").values(chunk).execute();
}

function sameEntry(a: MemberEntry | undefined, b: MemberEntry | undefined): boolean {
  return a?.ref === b?.ref && a?.artifact_id === b?.artifact_id;
}

/** What {@link resolveMembers} found and changed. */
export interface MemberResolution {
  /** Members that an artifact answers to, and such that none does, after the change. */
  readonly resolved: number;
  readonly unresolved: number;
  /** References that became ambiguous and now read `type:name`. */
  readonly rewritten: number;
}

/**
 * Brings the members of a collection's groups up to date with its artifacts: those that had none
 * get the artifact that now answers to their reference, and a plain name that became ambiguous
 * turns into `type:name` of the artifact that it meant. Nothing is removed.
 */
export async function resolveMembers(
  tx: CacheTransaction,
  collectionId: number,
): Promise<MemberResolution> {
  const members = await tx
    .selectFrom("group_members")
    .selectAll()
    .where("group_id", "in", (eb) =>
      eb.selectFrom("groups").select("id").where("collection_id", "=", collectionId),
    )
    .execute();
  // As in each recovery: the artifacts need not be loaded.
  if (members.length === 0) return { resolved: 0, unresolved: 0, rewritten: 0 };
  const artifacts = await artifactKeys(tx, collectionId);
  const resolver = createResolver(artifacts);
  const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
  const changed: GroupMemberRow[] = [];
  let unresolved = 0;
  let rewritten = 0;
  for (const member of members) {
    const artifact =
      member.artifact_id === null ? resolver.resolve(member.ref) : byId.get(member.artifact_id);
    if (artifact === null || artifact === undefined) {
      unresolved += 1;
      continue;
    }
    const stands = resolver.standsFor(member.ref, artifact);
    const ref = stands ? member.ref : resolver.refOf(artifact);
    if (ref !== member.ref) rewritten += 1;
    if (ref !== member.ref || artifact.id !== member.artifact_id) {
      changed.push({ ...member, ref, artifact_id: artifact.id });
    }
  }
  for (const chunk of chunksOf(changed)) {
    await tx
      .insertInto("group_members")
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(["group_id", "position"]).doUpdateSet((eb) => ({
          ref: eb.ref("excluded.ref"),
          artifact_id: eb.ref("excluded.artifact_id"),
        })),
      )
      .execute();
  }
  return { resolved: members.length - unresolved, unresolved, rewritten };
}

/**
 * The groups that have members which an artifact of one of these names may turn out to be, or because of
 * which they may be written otherwise.
 */
export async function groupsNaming(
  tx: CacheTransaction,
  collectionId: number,
  names: readonly string[],
): Promise<string[]> {
  const groups = new Set<string>();
  for (const keys of chunksOf([...new Set(names.map(nameKey))])) {
    const rows = await tx
      .selectFrom("group_members")
      .innerJoin("groups", "groups.id", "group_members.group_id")
      .leftJoin("artifacts", "artifacts.id", "group_members.artifact_id")
      .select("group_id")
      .distinct()
      .where("groups.collection_id", "=", collectionId)
      .where((eb) => eb.or([eb("artifact_id", "is", null), eb("artifacts.name_key", "in", keys)]))
      .execute();
    for (const { group_id } of rows) groups.add(group_id);
  }
  return [...groups];
}
