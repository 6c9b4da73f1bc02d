import { randomUUID } from "node:crypto";
import { groupRows, numberGroups } from "../../cache/groups.ts";
import { writeMembers } from "../../cache/members.ts";
import type { CacheTransaction } from "../../cache/open.ts";
import type { GroupRow } from "../../cache/tables.ts";
import { nameKey } from "../../schema/text.ts";
import { readCacheRows, type CacheMember, type CacheRows } from "../cache-rows.ts";
import { membersOf } from "../desired.ts";
import type { MergeGroup, MergeMember } from "./mergeable-rows.ts";
import { artifactId } from "./to-mergeable.ts";

/** Makes a collection's groups those given, in order, with their members. */
export async function applyGroups(
  tx: CacheTransaction,
  collectionId: number,
  groups: readonly MergeGroup[],
): Promise<void> {
  const rows = new Map((await groupRows(tx, collectionId)).map((row) => [row.id, row]));
  const cached = await readCacheRows(tx, collectionId);
  const membersBefore = new Map(cached.groups.map((group) => [group.id, group.members]));
  const wanted = groups.map((group) => {
    const row = group.id === null ? undefined : rows.get(group.id);
    return { group, row, after: rowOf(collectionId, group, row) };
  });
  const staying = new Set(wanted.map(({ after }) => after.id));
  for (const id of rows.keys()) {
    if (!staying.has(id)) await tx.deleteFrom("groups").where("id", "=", id).execute();
  }
  for (const { row, after } of wanted) {
    if (row === undefined || row.name_key === after.name_key) continue;
    // Two groups may have changed names with one another.
    await tx.updateTable("groups").set({ name_key: row.id }).where("id", "=", row.id).execute();
  }
  const resolve = createMemberResolver(cached);
  for (const { group, row, after } of wanted) {
    await writeGroup(tx, row, after);
    const before = membersBefore.get(after.id) ?? [];
    const members = resolve(group.members);
    await writeMembers(tx, after.id, before.map(toEntry), members.map(toEntry));
  }
  await numberGroups(
    tx,
    wanted.map(({ after }) => after),
  );
}

/** The row that a group is to have, still in its old place. */
function rowOf(collectionId: number, group: MergeGroup, row: GroupRow | undefined): GroupRow {
  const { name, description, color, icon } = group;
  return {
    id: row?.id ?? group.id ?? randomUUID(),
    collection_id: collectionId,
    name,
    name_key: nameKey(name),
    description,
    color,
    icon,
    position: row?.position ?? -1,
  };
}

async function writeGroup(
  tx: CacheTransaction,
  before: GroupRow | undefined,
  { id, ...fields }: GroupRow,
): Promise<void> {
  if (before === undefined) {
    await tx
      .insertInto("groups")
      .values({ id, ...fields })
      .execute();
  } else if (Object.entries(fields).some(([key, value]) => Reflect.get(before, key) !== value)) {
    await tx.updateTable("groups").set(fields).where("id", "=", id).execute();
  }
}

function toEntry({ ref, artifactId: artifact_id }: CacheMember) {
  return { ref, artifact_id };
}

/**
 * Makes the function that says members in the cache's terms, each once; what no artifact answers to is
 * kept as it is written.
 */
function createMemberResolver({
  artifacts,
  resolver,
}: CacheRows): (members: readonly MergeMember[]) => CacheMember[] {
  const known = new Set(artifacts.map(artifactId));
  return (members) => {
    const refs = members.map(({ ref, artifact }) => {
      if (artifact === null) return ref;
      const meant = resolver.resolve(ref);
      if (meant !== null && artifactId(meant) === artifact) return ref;
      // Where the artifact is missing a plain name may mean another one.
      return known.has(artifact) || meant !== null ? artifact : ref;
    });
    return membersOf(refs, { resolver });
  };
}
